package org.tuxtape.core.livepatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.KernelRelease;
import org.tuxtape.core.livepatch.CveProtection.State;
import org.tuxtape.core.livepatch.Livepatch.PatchedObject;
import org.tuxtape.core.livepatch.Manifest.FixedBy;

class CveProtectionTest {
    private static final CveId CVE = CveId.parse("CVE-2024-26581");
    private static final CveId OTHER = CveId.parse("CVE-2025-21658");
    private static final KernelObject SOUND = KernelObject.module("sound/pci/hda/snd-hda-intel");

    @ParameterizedTest(name = "enabled {0}, in transition {1}, image patched {2}, module patched {3}: {4}")
    @CsvSource({
        "true,  false, true,  true,  FIXED,              ''",
        "true,  false, true,  false, WAITING_FOR_OBJECT, snd_hda_intel",
        "true,  false, false, false, WAITING_FOR_OBJECT, snd_hda_intel vmlinux",
        "true,  false, ,      true,  UNKNOWN,            vmlinux",
        "true,  false, ,      false, UNKNOWN,            snd_hda_intel vmlinux",
        "true,  true,  true,  true,  IN_TRANSITION,      ''",
        "false, true,  true,  true,  IN_TRANSITION,      ''",
        "false, false, true,  true,  NOT_FIXED,          ''",
    })
    void theKernelsOwnWordDecides(
            boolean enabled, boolean inTransition, Boolean image, Boolean module, State state, String missing) {
        List<CveProtection> protections = CveProtection.of(
                List.of(livepatch("a", enabled, inTransition, image, module)),
                List.of(manifest("a", CVE, KernelObject.VMLINUX, SOUND)));

        assertThat(protections)
                .containsExactly(new CveProtection(
                        CVE, state, Optional.of(new LivepatchName("a")), new TreeSet<>(words(missing))));
    }

    @Test
    void onlyTheObjectsThatTheFixNeedsCount() {
        assertThat(CveProtection.of(
                        List.of(livepatch("a", true, false, true, false)),
                        List.of(manifest("a", CVE, KernelObject.VMLINUX))))
                .extracting(CveProtection::state)
                .containsExactly(State.FIXED);
    }

    @Test
    void withoutItsLivepatchNothingIsFixed() {
        assertThat(CveProtection.of(List.of(), List.of(manifest("a", CVE, KernelObject.VMLINUX))))
                .containsExactly(
                        new CveProtection(CVE, State.NOT_FIXED, Optional.empty(), new TreeSet<>(List.of("vmlinux"))));
    }

    @Test
    void aModuleUnderOurNameWithOtherFunctionsProvesNothing() {
        Livepatch shown = livepatch("a", true, false, true, true);
        Livepatch fewer = with(shown, shown.objects().subList(0, 1));
        Livepatch other = with(shown, List.of(shown.objects().get(0), object("snd_hda_intel", "h", true)));
        Manifest manifest = manifest("a", CVE, KernelObject.VMLINUX);

        assertThat(List.of(fewer, other, with(shown, List.of())))
                .allSatisfy(livepatch -> assertThat(CveProtection.of(List.of(livepatch), List.of(manifest)))
                        .containsExactly(new CveProtection(
                                CVE, State.NOT_FIXED, Optional.empty(), new TreeSet<>(List.of("vmlinux")))));
    }

    @Test
    void ofSeveralLivepatchesTheOneThatComesClosestCounts() {
        List<Livepatch> loaded =
                List.of(livepatch("a", false, false, true, true), livepatch("b", true, false, true, true));

        assertThat(CveProtection.of(
                        loaded,
                        List.of(
                                manifest("a", CVE, KernelObject.VMLINUX),
                                manifest("b", CVE, KernelObject.VMLINUX),
                                manifest("c", CVE, KernelObject.VMLINUX))))
                .containsExactly(
                        new CveProtection(CVE, State.FIXED, Optional.of(new LivepatchName("b")), new TreeSet<>()));
    }

    @Test
    void everyCveOfEveryManifestIsJudgedOnceAndByItsId() {
        assertThat(CveProtection.of(
                        List.of(),
                        List.of(manifest("b", OTHER, KernelObject.VMLINUX), manifest("a", CVE, KernelObject.VMLINUX))))
                .extracting(CveProtection::cve)
                .containsExactly(CVE, OTHER);
    }

    /** While it is replaced, tasks that have switched over run what the other one has, whatever this one shows. */
    @ParameterizedTest(name = "the other one, {1} in transition {0}: {2}")
    @CsvSource({"true, REPLACE_ALL, IN_TRANSITION", "true, , IN_TRANSITION", "false, REPLACE_ALL, FIXED"})
    void whatIsBeingReplacedFixesNothingForSure(boolean inTransition, Replacement replacement, State state) {
        Livepatch other = standing("b", inTransition, Optional.ofNullable(replacement), 2, "elsewhere");

        assertThat(stateBeside(other)).isEqualTo(state);
    }

    @ParameterizedTest(name = "the other one at place {0} patches {1}: {2}")
    @CsvSource({"2, f, UNKNOWN", "2, other, FIXED", "0, f, UNKNOWN", "1, f, FIXED"})
    void whoStandsAboveInAFunctionMayHaveTakenTheFixOut(int place, String function, State state) {
        Livepatch other = standing("b", false, Optional.of(Replacement.STACK), place, function);

        assertThat(stateBeside(other)).isEqualTo(state);
    }

    /** The state of a CVE that the livepatch at place 1 or, where the other has it, at place 2 fixes in the image. */
    private static State stateBeside(Livepatch other) {
        int place = other.stackOrder().orElse(2) == 1 ? 2 : 1;
        Livepatch shown = livepatch("a", true, false, true, true);
        Livepatch own = new Livepatch(
                shown.name(), true, false, Optional.of(Replacement.STACK), OptionalInt.of(place), shown.objects());
        return CveProtection.of(List.of(own, other), List.of(manifest("a", CVE, KernelObject.VMLINUX)))
                .get(0)
                .state();
    }

    /** A livepatch that patches one function of the image; at place 0 the kernel does not say which. */
    private static Livepatch standing(
            String name, boolean inTransition, Optional<Replacement> replacement, int place, String function) {
        return new Livepatch(
                new LivepatchName(name),
                true,
                inTransition,
                replacement,
                place == 0 ? OptionalInt.empty() : OptionalInt.of(place),
                List.of(object("vmlinux", function, true)));
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : Arrays.asList(text.split(" "));
    }

    private static Livepatch livepatch(
            String name, boolean enabled, boolean inTransition, Boolean image, Boolean module) {
        return new Livepatch(
                new LivepatchName(name),
                enabled,
                inTransition,
                Optional.empty(),
                OptionalInt.empty(),
                List.of(object("vmlinux", "f", image), object("snd_hda_intel", "g", module)));
    }

    private static Livepatch with(Livepatch livepatch, List<PatchedObject> objects) {
        return new Livepatch(
                livepatch.name(),
                livepatch.enabled(),
                livepatch.inTransition(),
                livepatch.replacement(),
                livepatch.stackOrder(),
                objects);
    }

    private static PatchedObject object(String name, String function, Boolean patched) {
        return new PatchedObject(
                name,
                Optional.ofNullable(patched),
                new TreeSet<>(List.of(new PatchedFunction(new KernelObject(name), function, 1))));
    }

    private static Manifest manifest(String name, CveId cve, KernelObject... objects) {
        TreeMap<CveId, FixedBy> fixes = new TreeMap<>();
        fixes.put(cve, new FixedBy(List.of(), new TreeSet<>(List.of(objects))));
        return new Manifest(
                new LivepatchName(name),
                "0".repeat(64),
                KernelRelease.parse("6.12.107"),
                "6.12.107 SMP mod_unload",
                "kpatch-build",
                Optional.empty(),
                Replacement.REPLACE_ALL,
                fixes,
                new TreeSet<>(List.of(
                        new PatchedFunction(KernelObject.VMLINUX, "f", 0), new PatchedFunction(SOUND, "g", 1))));
    }
}
