package org.tuxtape.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.NodeList;

/** The BOM names every module that goes out, in this version, and nothing else. */
class BomIT {
    private static final Path PROJECT =
            Path.of(System.getProperty("basedir")).toAbsolutePath().getParent();
    private static final Path BOM = PROJECT.resolve("tuxtape-bom/pom.xml");
    private static final String MANAGED = "/project/dependencyManagement/dependencies/dependency";

    @Test
    void itHasEveryPublishedModuleAndNothingElse() throws Exception {
        assertThat(read(BOM, MANAGED + "/artifactId"))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(PublishedJar.values())
                        .map(PublishedJar::artifact)
                        .toList());
        assertThat(read(BOM, MANAGED + "/groupId")).containsOnly("org.tuxtape");
    }

    @Test
    void whatTheBuildDeploysIsWhatIsTestedHere() throws Exception {
        List<String> deployed = new ArrayList<>();
        for (String module : read(PROJECT.resolve("pom.xml"), "/project/modules/module")) {
            Path pom = PROJECT.resolve(module).resolve("pom.xml");
            if (!Files.readString(pom).contains("<maven.deploy.skip>true</maven.deploy.skip>") && !pom.equals(BOM)) {
                deployed.add(module);
            }
        }
        assertThat(deployed)
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(PublishedJar.values())
                        .map(PublishedJar::artifact)
                        .toList());
    }

    @Test
    void itHasTheVersionOfTheModulesAndPinsNothingByAParent() throws Exception {
        assertThat(read(BOM, "/project/version")).containsExactly(System.getProperty("consumer.version"));
        assertThat(read(BOM, MANAGED + "/version")).containsOnly("${project.version}");
        assertThat(read(BOM, "/project/parent")).isEmpty();
    }

    private static List<String> read(Path pom, String path) throws Exception {
        File file = pom.toFile();
        NodeList nodes = (NodeList) XPathFactory.newInstance()
                .newXPath()
                .evaluate(
                        path,
                        DocumentBuilderFactory.newInstance()
                                .newDocumentBuilder()
                                .parse(file),
                        XPathConstants.NODESET);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            texts.add(nodes.item(i).getTextContent().strip());
        }
        return texts;
    }
}
