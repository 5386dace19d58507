package org.tuxtape.kpatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.livepatch.BuildFailure;
import org.tuxtape.core.livepatch.BuildOutcome;
import org.tuxtape.core.livepatch.BuildOutcome.Built;
import org.tuxtape.core.livepatch.BuildOutcome.Failed;
import org.tuxtape.core.livepatch.BuildRequest;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.PatchedFunction;
import org.tuxtape.core.livepatch.Replacement;
import org.tuxtape.kpatch.standin.Fault;
import org.tuxtape.kpatch.standin.SmallFix;

/** Where kpatch-build fails by a known fault of its own, it is called in another way; the tree stays as it was. */
final class WaysRoundTest {
    private static final String COMPILING = "Building patched source";
    private static final String EXTRACTING = "Extracting new and modified ELF sections";
    private static final Fault GIVES_UP = Fault.exit(EXTRACTING, 1);

    @TempDir
    private Path directory = Path.of("");

    private Site site;
    private Map<String, String> before = Map.of();

    @BeforeEach
    void openTree() {
        site = Site.of(LivepatchTool.KPATCH_BUILD, directory);
        before = site.picture();
    }

    @AfterEach
    void nothingIsLeft() {
        site.standIn().endProcesses();
        assertThat(site.picture()).isEqualTo(before);
    }

    private static Fault changed(String object, String section) {
        return Fault.say(EXTRACTING, object + ": changed section " + section + " not selected for inclusion");
    }

    private BuildOutcome build(BuildRequest request, Fault... faults) {
        site.standIn().faults(faults);
        return site.build(request);
    }

    private void assertFails(BuildFailure failure, int runs, BuildOutcome outcome, String... remarks) {
        assertThat(outcome).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.diagnosis().failure()).isEqualTo(failure);
            assertThat(String.join("\n", failed.report().remarks()))
                    .satisfies(said ->
                            List.of(remarks).forEach(remark -> assertThat(said).contains(remark)));
        });
        assertThat(site.runs()).isEqualTo(runs);
    }

    private String lastRun() {
        List<String> runs = site.standIn().runs();
        return runs.get(runs.size() - 1);
    }

    /** A fix that moves lines, in a function that cannot be traced. */
    private String longer() throws IOException {
        return "--- a/net/core/mailbox.c\n+++ b/net/core/mailbox.c\n@@ -" + place() + " +" + place() + ",2 @@\n"
                + "-\treturn last_parcel.weight;\n+\tint more = 1;\n+\treturn last_parcel.weight + more;\n";
    }

    /** A fix of the line that the one before has added. */
    private String again() throws IOException {
        int at = place() + 1;
        return "--- a/net/core/mailbox.c\n+++ b/net/core/mailbox.c\n@@ -" + at + " +" + at + " @@\n"
                + "-\treturn last_parcel.weight + more;\n+\treturn last_parcel.weight + more + more;\n";
    }

    private int place() throws IOException {
        return Files.readAllLines(site.tree().directory().resolve("net/core/mailbox.c"))
                        .indexOf("\treturn last_parcel.weight;")
                + 1;
    }

    @Test
    void aCrashByAnOptionThatIsForOlderKernelsIsGoneAround() {
        BuildOutcome outcome =
                build(site.request("small_fix", SmallFix.BUILDS), Fault.segv("create-diff-object --klp-arch"));

        assertThat(outcome).isInstanceOfSatisfying(Built.class, built -> {
            assertThat(built.module().manifest().functions())
                    .extracting(PatchedFunction::name)
                    .containsExactly("mailbox_weigh");
            assertThat(built.report().remarks()).anyMatch(remark -> remark.contains("--klp-arch"));
        });
    }

    @Test
    void aToolWithoutThatFaultIsNotCalledTwice() throws IOException {
        Path script = site.standIn().kpatchBuild();
        Files.writeString(script, Files.readString(script).replace(" --klp-arch ", " "));

        BuildOutcome outcome = build(site.request("small_fix", SmallFix.BUILDS), Fault.segv("create-diff-object"));

        assertFails(BuildFailure.TOOL_BROKE, 1, outcome);
    }

    @Test
    void aFailureThatLineNumbersMayHaveCausedIsTriedWithTheOldOnes() throws IOException {
        assertFails(BuildFailure.NOT_TRACEABLE, 2, build(site.request("small_fix", longer())), "#line");
    }

    @Test
    void twoFixesOfOneFileFitUponEachOtherWithTheOldNumbers() throws IOException {
        BuildRequest request = new BuildRequest(
                LivepatchName.parse("small_fix"),
                site.tree().kernel(),
                Stream.of(longer(), again())
                        .flatMap(diff -> site.request("small_fix", diff).fixes().stream())
                        .toList(),
                Replacement.REPLACE_ALL);

        assertFails(BuildFailure.NOT_TRACEABLE, 2, build(request), "#line");
    }

    @Test
    void codeInASectionThatItSharesIsTriedInOneOfItsOwn() {
        BuildOutcome outcome =
                build(site.request("small_fix", SmallFix.BUILDS), changed("mailbox.o", ".ref.text"), GIVES_UP);

        assertFails(BuildFailure.UNSUPPORTED_SECTION, 2, outcome, "__ref");
        assertThat(lastRun()).contains("--target net/core/mailbox.o --target CFLAGS_mailbox.o=-include");
    }

    @Test
    void aSectionOfAnObjectThatTheFixDoesNotChangeIsLeftAlone() {
        BuildOutcome outcome = build(
                site.request("small_fix", SmallFix.BUILDS),
                changed("mailbox.o", ".ref.text"),
                changed("stranger.o", ".ref.text"),
                GIVES_UP);

        assertFails(BuildFailure.UNSUPPORTED_SECTION, 1, outcome);
    }

    @Test
    void anObjectWithFlagsOfItsOwnStaysAsItIsAndClosesTheWayForNoOther() throws IOException {
        Path makefile = site.tree().directory().resolve("net/core/Makefile");
        Files.writeString(makefile, Files.readString(makefile) + "CFLAGS_postman.o := -O1\n");
        before = site.picture();

        BuildOutcome outcome = build(
                site.request("small_fix", SmallFix.BUILDS, SmallFix.BUILDS_TOO),
                changed("mailbox.o", ".ref.text"),
                GIVES_UP);

        assertFails(BuildFailure.UNSUPPORTED_SECTION, 2, outcome);
        assertThat(lastRun()).contains("--target CFLAGS_mailbox.o=-include").doesNotContain("CFLAGS_postman.o");
    }

    @Test
    void whatIsNamedLaterJoinsWhatWasNamedFirst() {
        BuildOutcome outcome = build(
                site.request("small_fix", SmallFix.BUILDS, SmallFix.BUILDS_TOO),
                changed("mailbox.o", ".ref.text"),
                changed("postman.o", ".ref.text").withFlags(),
                GIVES_UP);

        assertFails(BuildFailure.UNSUPPORTED_SECTION, 3, outcome);
        assertThat(lastRun()).contains("CFLAGS_mailbox.o=", "CFLAGS_postman.o=");
    }

    @Test
    void allThatMayHelpIsTriedAtOnce() throws IOException {
        BuildOutcome outcome =
                build(site.request("small_fix", longer()), changed("mailbox.o", ".sched.text"), GIVES_UP);

        assertFails(BuildFailure.UNSUPPORTED_SECTION, 2, outcome, "__sched", "#line");
    }

    @Test
    void aWayRoundThatBreaksTheSourceLeavesTheFailureBeforeIt() {
        BuildOutcome outcome = build(
                site.request("small_fix", SmallFix.BUILDS),
                Fault.say(COMPILING, "net/core/mailbox.c:3:1: error: expected ';' before 'int'")
                        .withFlags(),
                Fault.exit(COMPILING, 1).withFlags(),
                changed("mailbox.o", ".ref.text"),
                GIVES_UP);

        assertFails(BuildFailure.UNSUPPORTED_SECTION, 2, outcome);
    }
}
