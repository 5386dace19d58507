package org.tuxtape.kpatch.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.Context;
import org.tuxtape.kpatch.internal.run.ToolExit.Cancelled;
import org.tuxtape.kpatch.internal.run.ToolExit.Exited;
import org.tuxtape.kpatch.internal.run.ToolExit.NotStarted;
import org.tuxtape.kpatch.internal.run.ToolExit.Signalled;
import org.tuxtape.kpatch.internal.run.ToolExit.TimedOut;

/** Real processes: shell scripts that behave as badly as tools do. */
@Timeout(120)
class ToolRunTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(300);

    @TempDir
    private Path directory = Path.of("");

    private final ProcessMarker marker = ProcessMarker.create();
    private final List<String> lines = new ArrayList<>();

    private ToolRun bash(String script) {
        return ToolRun.of(List.of("bash", "-c", script)).in(directory).marked(marker);
    }

    private ToolExit run(String script) {
        return bash(script).run(lines::add, LONG, Context.standard());
    }

    private void assertNothingIsLeft() {
        assertThat(Leftovers.of(marker)).isEmpty();
    }

    @Test
    void bothOutputsArriveInOrderAndWithTheStatus() {
        assertThat(run("echo one; echo two >&2; echo three; exit 7")).isEqualTo(new Exited(7));
        assertThat(lines).containsExactly("one", "two", "three");
    }

    @Test
    void thereIsNothingToReadAndNoTerminal() {
        assertThat(run("read x; echo $?; [[ -t 0 ]] || echo none")).isEqualTo(new Exited(0));
        assertThat(lines).containsExactly("1", "none");
    }

    @Test
    void theEnvironmentIsCleanAndEnglish() {
        assertThat(bash("env").with("CACHEDIR", "/c").with("LC_ALL", "de_DE").run(lines::add, LONG, Context.standard()))
                .isEqualTo(new Exited(0));
        assertThat(lines).contains("CACHEDIR=/c", "LANG=C", "LC_ALL=C").anyMatch(line -> line.startsWith("PATH=/"));
        assertThat(lines)
                .extracting(line -> line.substring(0, line.indexOf('=')))
                .isSubsetOf(
                        "PATH",
                        "HOME",
                        "TMPDIR",
                        "USER",
                        "LOGNAME",
                        "LANG",
                        "LC_ALL",
                        "CACHEDIR",
                        "TUXTAPE_RUN",
                        "PWD",
                        "SHLVL",
                        "_"); // the last three are bash's own
    }

    @Test
    void aWrapperRunsTheCommandSomewhereElse() {
        ToolRun inside = bash("echo $PLACE").behind(List.of("env", "PLACE=elsewhere"));
        assertThat(inside.run(lines::add, LONG, Context.standard())).isEqualTo(new Exited(0));
        assertThat(lines).containsExactly("elsewhere");
    }

    @Test
    void aToolThatDiesOfASignalSaysWhich() {
        assertThat(run("kill -SEGV $$")).isEqualTo(new Signalled(11));
        assertThat(run("(kill -KILL $BASHPID)")).isEqualTo(new Signalled(9));
    }

    @Test
    void aMissingProgramIsNamed() {
        assertThat(ToolRun.of(List.of("tuxtape-no-such-tool")).run(lines::add, LONG, Context.standard()))
                .asInstanceOf(type(NotStarted.class))
                .extracting(NotStarted::reason)
                .asString()
                .contains("tuxtape-no-such-tool", "No such file");
    }

    @Test
    void aMissingWrapperIsNamedAndNotTheTool() {
        assertThat(bash("true").behind(List.of("tuxtape-no-such-wrapper")).run(lines::add, LONG, Context.standard()))
                .asInstanceOf(type(NotStarted.class))
                .extracting(NotStarted::reason)
                .asString()
                .contains("tuxtape-no-such-wrapper");
    }

    @Test
    void whatAWrapperCannotFindIsItsOwnStatus() {
        ToolRun missing = ToolRun.of(List.of("tuxtape-no-such-tool")).behind(List.of("env"));
        assertThat(missing.run(lines::add, LONG, Context.standard())).isEqualTo(new Exited(127));
        assertThat(lines).singleElement().asString().contains("tuxtape-no-such-tool");
    }

    @Test
    void aFileThatMayNotBeRunIsNotStarted() throws IOException {
        Path script = Files.writeString(directory.resolve("tool"), "#!/bin/sh\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(ToolRun.of(List.of(script.toString())).run(lines::add, LONG, Context.standard()))
                .asInstanceOf(type(NotStarted.class))
                .extracting(NotStarted::reason)
                .asString()
                .contains("ermission denied");
    }

    @Test
    void aMissingDirectoryIsNotStarted() {
        Path nowhere = directory.resolve("nowhere");
        assertThat(bash("true").in(nowhere).run(lines::add, LONG, Context.standard()))
                .asInstanceOf(type(NotStarted.class))
                .extracting(NotStarted::reason)
                .asString()
                .contains(nowhere.toString());
    }

    @Test
    void aToolThatHangsIsEndedWhenItsTimeIsUp() {
        assertThat(bash("echo begun; sleep 1000 & sleep 1000").run(lines::add, SHORT, Context.standard()))
                .isEqualTo(new TimedOut());
        assertThat(lines).containsExactly("begun");
        assertNothingIsLeft();
    }

    @Test
    void aToolThatIgnoresTheRequestIsKilled() {
        String deaf = "trap '' TERM INT HUP; echo deaf; while :; do sleep 1000; done";
        assertThat(bash(deaf).run(lines::add, SHORT, Context.standard())).isEqualTo(new TimedOut());
        assertNothingIsLeft();
    }

    @Test
    void aToolMayCleanUpBeforeItEnds() {
        Path patched = directory.resolve("patched");
        String cleaning = "trap 'sleep 0.2; rm patched; echo clean; exit 1' TERM; touch patched; sleep 1000";
        assertThat(bash(cleaning).run(lines::add, Duration.ofSeconds(1), Context.standard()))
                .isEqualTo(new TimedOut());
        assertThat(lines).contains("clean");
        assertThat(patched).doesNotExist();
        assertNothingIsLeft();
    }

    @Test
    void aDaemonThatLeftTheTreeIsFoundAndEnded() {
        assertThat(run("(setsid setsid bash -c 'sleep 1000' <&- >/dev/null 2>&1 &); echo done"))
                .isEqualTo(new Exited(0));
        assertThat(lines).containsExactly("done");
        assertNothingIsLeft();
    }

    @Test
    void aChildThatHoldsThePipeOpenIsEnded() {
        assertThat(run("sleep 1000 & echo done; exit 3")).isEqualTo(new Exited(3));
        assertThat(lines).containsExactly("done");
        assertNothingIsLeft();
    }

    /** The fault: the tool is gone, and something of it writes as fast as it can. */
    @Test
    void aChildThatFillsThePipeIsEnded() {
        assertThat(bash("yes & exit 3").run(line -> {}, LONG, Context.standard()))
                .isEqualTo(new Exited(3));
        assertNothingIsLeft();
    }

    /** A wrapper that cleans the environment hides the marker; the tree of processes still shows them. */
    @Test
    void aWrapperThatDropsTheMarkerHidesNothing() {
        assertThat(bash("sleep 1000 & sleep 1000")
                        .behind(List.of("env", "-i", "PATH=/usr/bin:/bin"))
                        .run(lines::add, SHORT, Context.standard()))
                .isEqualTo(new TimedOut());
        assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                .noneMatch(handle -> handle.info().commandLine().orElse("").contains("sleep 1000"));
    }

    @Test
    void manyLinesAreAllPassedOn() {
        long[] count = {0};
        ToolExit exit = bash("yes 0123456789 | head -n 10000000").run(line -> count[0]++, LONG, Context.standard());
        assertThat(exit).isEqualTo(new Exited(0));
        assertThat(count[0]).isEqualTo(10_000_000);
    }

    @Test
    void aGigabyteWithoutALineEndIsOneShortLine() {
        assertThat(run("head -c 1G /dev/zero | tr '\\0' x")).isEqualTo(new Exited(0));
        assertThat(lines)
                .singleElement()
                .asString()
                .startsWith("xxx")
                .endsWith(" [" + ((1L << 30) - LineCutter.LONGEST) + " more bytes]")
                .hasSizeLessThan(LineCutter.LONGEST + 40);
    }

    @Test
    void binaryOutputBecomesPrintableText() {
        assertThat(run("printf 'a\\377\\033[31m\\0b\\ttab\\r\\nlast'")).isEqualTo(new Exited(0));
        assertThat(lines).containsExactly("a\uFFFD\uFFFD[31m\uFFFDb\ttab", "last");
    }

    @Test
    void nothingIsStartedForACallerWhoHasAlreadyGone() {
        CancellationToken token = CancellationToken.create();
        token.cancel();
        assertThat(bash("touch run").run(lines::add, LONG, Context.standard().with(token)))
                .isEqualTo(new Cancelled());
        assertThat(directory.resolve("run")).doesNotExist();
    }

    @Test
    void cancellingEndsAllOfIt() {
        CancellationToken token = CancellationToken.create();
        ToolExit exit = bash("(setsid sleep 1000 &) ; sleep 1000 | cat & echo begun; wait")
                .run(line -> token.cancel(), LONG, Context.standard().with(token));
        assertThat(exit).isEqualTo(new Cancelled());
        assertNothingIsLeft();
    }

    @Test
    void anInterruptEndsAllOfItAndIsKept() {
        ToolExit exit = bash("echo begun; sleep 1000")
                .run(line -> Thread.currentThread().interrupt(), LONG, Context.standard());
        assertThat(exit).isEqualTo(new Cancelled());
        assertThat(Thread.interrupted()).isTrue();
        assertNothingIsLeft();
    }

    @Test
    void aSinkThatThrowsEndsAllOfIt() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> bash("echo begun; sleep 1000")
                        .run(
                                line -> {
                                    throw new IllegalStateException("full");
                                },
                                LONG,
                                Context.standard()))
                .withMessage("full");
        assertNothingIsLeft();
    }

    @Test
    void twoRunsUnderOneMarkerDoNotEndEachOther() throws ExecutionException, InterruptedException {
        List<String> other = new ArrayList<>();
        CompletableFuture<ToolExit> second = CompletableFuture.supplyAsync(
                () -> bash("touch second; until [[ -e go ]]; do sleep 0.05; done; echo went on")
                        .run(other::add, LONG, Context.standard()));
        assertThat(run("until [[ -e second ]]; do sleep 0.05; done; sleep 1000 & exit 0"))
                .isEqualTo(new Exited(0));
        assertThat(Leftovers.of(marker)).isNotEmpty();
        assertThat(run("touch go")).isEqualTo(new Exited(0));
        assertThat(second.get()).isEqualTo(new Exited(0));
        assertThat(other).containsExactly("went on");
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    void noTimeIsAnErrorOfTheCaller(long seconds) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> bash("true").run(lines::add, Duration.ofSeconds(seconds), Context.standard()));
    }

    @Test
    void allTheTimeInTheWorldIsATime() {
        assertThat(bash("true").run(lines::add, Duration.ofSeconds(Long.MAX_VALUE), Context.standard()))
                .isEqualTo(new Exited(0));
    }
}
