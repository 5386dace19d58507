package org.tuxtape.consumer;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toUnmodifiableSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.tuxtape.consumer.PublishedJar.CORE;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.lang.module.ModuleFinder;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rules of the house, read from the class files of the published jars. */
class ArchitectureIT {
    private static final Map<PublishedJar, JavaClasses> CLASSES = PublishedJar.classes();

    private static final Set<String> EXPORTED_BY_TUXTAPE = Arrays.stream(PublishedJar.values())
            .flatMap(jar -> jar.exportedPackages().stream())
            .collect(toUnmodifiableSet());

    private static final ModuleLayer LAYER = layer();

    /** All of them beside each other, with the annotation that marks them. */
    private static ModuleLayer layer() {
        Set<String> roots = Stream.concat(
                        Arrays.stream(PublishedJar.values()).map(PublishedJar::module), Stream.of("org.jspecify"))
                .collect(toUnmodifiableSet());
        ModuleLayer boot = ModuleLayer.boot();
        return boot.defineModulesWithOneLoader(
                boot.configuration().resolve(ModuleFinder.of(PublishedJar.MODULES), ModuleFinder.of(), roots), null);
    }

    /** A rule that sees no class is always kept. */
    @ParameterizedTest
    @EnumSource
    void theRulesSeeTheClasses(PublishedJar jar) {
        assertThat(CLASSES.get(jar)).hasSizeGreaterThanOrEqualTo(jar.leastClasses());
    }

    @Test
    void coreUsesNothingButTheJdkAndSlf4j() {
        classes()
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage("java..", "org.slf4j..", "org.jspecify.annotations..", "org.tuxtape.core.."))
                .check(CLASSES.get(CORE));
    }

    /** Who may read git with the module of its own is said by that module's descriptor. */
    @ParameterizedTest
    @EnumSource
    void siblingsDoNotKnowEachOther(PublishedJar jar) {
        String[] known = Stream.concat(
                        Stream.of("org.tuxtape.core", "org.tuxtape.git", jar.module()), jar.joins().stream())
                .map(module -> module + "..")
                .toArray(String[]::new);
        classes()
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(known).or(DescribedPredicate.not(resideInAnyPackage("org.tuxtape.."))))
                .check(CLASSES.get(jar));
    }

    @ParameterizedTest
    @EnumSource
    void signaturesShowOnlyTheJdkAndExportedTypesOfTuxtape(PublishedJar jar) {
        classes()
                .should(new ExportedSignatures(
                        jar.exportedPackages(),
                        name -> EXPORTED_BY_TUXTAPE.contains(name)
                                || jar.mayShow().contains(name)))
                .check(CLASSES.get(jar));
    }

    @ParameterizedTest
    @EnumSource
    void nothingPrints(PublishedJar jar) {
        noClasses().should(ACCESS_STANDARD_STREAMS).check(CLASSES.get(jar));
    }

    @ParameterizedTest
    @EnumSource
    void nothingLogsPastSlf4j(PublishedJar jar) {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.logging..")
                .check(CLASSES.get(jar));
    }

    @ParameterizedTest
    @EnumSource
    void packagesHaveNoCycle(PublishedJar jar) {
        slices().matching("org.tuxtape.(**)").should().beFreeOfCycles().check(CLASSES.get(jar));
    }

    /** NullAway looks only at what is marked, so a module that forgot the mark would pass unseen. */
    @ParameterizedTest
    @EnumSource
    void theModuleIsNullMarked(PublishedJar jar) {
        Module module = LAYER.findModule(jar.module()).orElseThrow();
        assertThat(module.getAnnotations())
                .as("annotations of module %s", jar.module())
                .anyMatch(annotation ->
                        annotation.annotationType().getName().equals("org.jspecify.annotations.NullMarked"));
    }
}
