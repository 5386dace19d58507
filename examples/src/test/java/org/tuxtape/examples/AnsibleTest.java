package org.tuxtape.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The playbooks, run by the real Ansible against two nodes that are folders of this machine and have simulated kernels.
 * {@code lab/check-ansible} installs Ansible and runs this.
 */
class AnsibleTest {
    private static final Pattern RECAP = Pattern.compile("(?m)^(\\S+) +: ok=\\d+ +changed=(\\d+) .*failed=(\\d+)");
    private static final Path PLAYBOOKS = Page.PROJECT.resolve("examples").resolve("ansible");

    private ArchiveScene scene;
    private Path home;

    @BeforeEach
    void publish(@TempDir Path directory) throws IOException {
        assumeTrue(Boolean.getBoolean("tuxtape.ansible"), "Ansible is not asked for: lab/check-ansible does");
        home = directory;
        scene = new ArchiveScene(directory);
        scene.simulated()
                .clock()
                .advance(Duration.between(scene.simulated().clock().instant(), Instant.now()));
        scene.init("--policy", scene.quickPolicy().toString());
        scene.publish("livepatch_a", "f");
        Files.createDirectory(home.resolve("reports"));
        Path command = home.resolve("tuxtape");
        Files.writeString(command, "#!/bin/sh\nexec " + String.join(" ", java()) + " \"$@\"\n");
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path classes = Files.createDirectories(home.resolve("release").resolve("classes"));
        Files.writeString(classes.resolve("marker"), "the program\n");
        run(List.of("tar", "-C", home.resolve("release").toString(), "-czf", release(), "classes"));
        Files.writeString(home.resolve("inventory.yml"), inventory(command));
    }

    @Test
    void aFleetIsInstalledFrozenPromotedAskedAndReverted() throws IOException {
        playbook("install.yml", "--check").hasChanged("web-1", "web-2");
        assertThat(home.resolve("web-1")).as("a check changes nothing").doesNotExist();
        playbook("install.yml").hasChanged("web-1", "web-2");
        playbook("install.yml").hasChanged();
        playbook("install.yml", "--check").hasChanged();
        assertThat(home.resolve("web-1/etc/tuxtape/agent.conf")).content().contains("--tag canary");
        assertThat(home.resolve("web-2/etc/systemd/system/tuxtape-agent.timer")).isRegularFile();

        playbook("promote.yml", "--check").hasChanged("builder");
        assertThat(shown()).contains("not promoted");
        playbook("promote.yml", "-e", "now=true").hasChanged("builder", "web-1");
        playbook("promote.yml", "-e", "now=true").hasChanged("builder", "web-2");
        playbook("promote.yml", "-e", "now=true").hasChanged();
        assertThat(shown()).contains("in the ring all");
        assertThat(playbook("status.yml").text()).contains("livepatch_a", "is the newest that has reached the ring");

        playbook("freeze.yml", "-l", "web-2", "-e", "reason='load test'").hasChanged("web-2");
        playbook("freeze.yml", "-l", "web-2", "-e", "reason='load test'").hasChanged();
        String withdrawal = "patch=livepatch_a who=Ada why='it slows down'";
        playbook("revert.yml", "--check", "-e", withdrawal).hasChanged("builder");
        assertThat(playbook("revert.yml", "-e", withdrawal)
                        .hasChanged("builder", "web-1")
                        .text())
                .contains("load test");
        playbook("freeze.yml", "-l", "web-2", "-e", "frozen=false").hasChanged("web-2");
        playbook("revert.yml", "-e", withdrawal).hasChanged("web-2");
        playbook("revert.yml", "-e", withdrawal).hasChanged();
        assertThat(shown()).contains("withdrawn by Ada");
    }

    private String shown() {
        return scene.run("show", "--archive", scene.archive().toString()).out();
    }

    private String release() {
        return home.resolve("tuxtape.tar.gz").toString();
    }

    /** What a launcher calls: the command line of this build, on a simulated kernel. */
    private static List<String> java() {
        List<String> places = new ArrayList<>();
        for (String place : (System.getProperty("java.class.path") + File.pathSeparator
                        + System.getProperty("jdk.module.path", "") + File.pathSeparator + "target/classes"
                        + File.pathSeparator + "target/test-classes")
                .split(File.pathSeparator, -1)) {
            if (!place.isEmpty()) {
                places.add(Path.of(place).toAbsolutePath().toString());
            }
        }
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                String.join(File.pathSeparator, places),
                SimulatedNode.class.getName());
    }

    private String inventory(Path command) {
        List<String> java = java();
        return String.join(
                "\n",
                "all:",
                "  vars:",
                "    ansible_connection: local",
                "    ansible_python_interpreter: /usr/bin/python3",
                "    ansible_remote_tmp: " + home.resolve("ansible-remote"),
                "tuxtape_archive:",
                "  hosts:",
                "    builder:",
                "  vars:",
                "    tuxtape_command: " + command,
                "    tuxtape_archive_directory: " + scene.archive(),
                "    tuxtape_archive_keys: [" + scene.key("online") + "]",
                "    tuxtape_archive_reports: " + home.resolve("reports"),
                "tuxtape_nodes:",
                "  hosts:",
                "    web-1:",
                "      tuxtape_tags: [canary]",
                "    web-2:",
                "  vars:",
                "    tuxtape_systemd: false",
                "    tuxtape_prefix: " + home + "/{{ inventory_hostname }}",
                "    tuxtape_node: \"{{ inventory_hostname }}\"",
                "    tuxtape_release: " + release(),
                "    tuxtape_root: " + scene.root(),
                "    tuxtape_archive_url: " + scene.archive(),
                "    tuxtape_reports_url: " + home.resolve("reports"),
                "    tuxtape_java: " + java.get(0),
                "    tuxtape_java_arguments: " + String.join(" ", java.subList(1, java.size())),
                "");
    }

    private Play playbook(String name, String... more) throws IOException {
        List<String> call = new ArrayList<>(
                List.of("ansible-playbook", "-i", home.resolve("inventory.yml").toString()));
        call.add(PLAYBOOKS.resolve(name).toString());
        call.addAll(List.of(more));
        return new Play(String.join(" ", call), run(call));
    }

    private String run(List<String> call) throws IOException {
        File log = home.resolve("log").toFile();
        ProcessBuilder builder =
                new ProcessBuilder(call).redirectErrorStream(true).redirectOutput(log);
        builder.environment()
                .put("ANSIBLE_LOCAL_TEMP", home.resolve("ansible-local").toString());
        builder.environment().put("ANSIBLE_NOCOLOR", "1");
        Process process = builder.start();
        try {
            boolean hasEnded = process.waitFor(10, TimeUnit.MINUTES);
            String text = Files.readString(log.toPath(), StandardCharsets.UTF_8);
            assertThat(hasEnded).as(text).isTrue();
            assertThat(process.exitValue()).as(text).isZero();
            return text;
        } catch (InterruptedException e) {
            throw new IOException(e);
        } finally {
            process.destroyForcibly();
        }
    }

    /** A run of a playbook that failed nowhere. */
    private record Play(String call, String text) {
        Play hasChanged(String... hosts) {
            List<String> changed = new ArrayList<>();
            Matcher recap = RECAP.matcher(text);
            while (recap.find()) {
                assertThat(recap.group(3)).as(text).isEqualTo("0");
                if (!recap.group(2).equals("0")) {
                    changed.add(recap.group(1));
                }
            }
            assertThat(changed).as("%s\n%s", call, text).containsExactlyInAnyOrder(hosts);
            return this;
        }
    }
}
