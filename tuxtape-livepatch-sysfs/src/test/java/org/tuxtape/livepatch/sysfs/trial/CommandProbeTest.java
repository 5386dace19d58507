package org.tuxtape.livepatch.sysfs.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.livepatch.sysfs.trial.HealthProbe.Health;

@Timeout(60)
class CommandProbeTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    private Path directory = Path.of("");

    private static Health check(Duration timeout, String script) {
        return HealthProbe.command(List.of("sh", "-c", script), timeout).check(Context.standard());
    }

    @Test
    void statusZeroIsHealthy() {
        assertThat(check(LONG, "exit 0")).isEqualTo(new Health(true, "sh ended with status 0."));
    }

    @Test
    void anyOtherStatusIsNotAndTheCommandSaysWhy() {
        assertThat(check(LONG, "echo no answer >&2; exit 7"))
                .isEqualTo(new Health(false, "sh ended with status 7: no answer"));
    }

    @Test
    void theEnvironmentIsItsOwnAndThereIsNoInput() {
        assertThat(
                        check(
                                LONG,
                                "cat; env | cut -d= -f1 | grep -vE '^(PWD|OLDPWD|SHLVL|_)$' | sort | tr '\\n' ' '; echo $LC_ALL"))
                .isEqualTo(new Health(true, "sh ended with status 0: LC_ALL PATH C"));
    }

    @Test
    void ofALongOutputTheEndIsKept() {
        Health health = check(LONG, "head -c 3000000 /dev/zero | tr '\\0' x; printf '\\033[31m the end'; exit 1");

        assertThat(health.reason()).endsWith("x [31m the end").hasSizeLessThan(600);
    }

    @Test
    void aCommandThatCannotBeRunIsUnhealthy() {
        Health health = HealthProbe.command(List.of("/nowhere/probe"), LONG).check(Context.standard());

        assertThat(health.healthy()).isFalse();
        assertThat(health.reason()).startsWith("/nowhere/probe cannot be run: ");
        assertThatIllegalArgumentException().isThrownBy(() -> HealthProbe.command(List.of(), LONG));
        assertThatIllegalArgumentException().isThrownBy(() -> HealthProbe.command(List.of("true"), Duration.ZERO));
    }

    @Test
    void whatDoesNotEndInTimeIsEndedWithItsChildrenEvenIfItIsDeafToTerm() throws IOException {
        Path child = directory.resolve("child");
        String script = "trap '' TERM; sh -c 'trap \"\" TERM; echo $$ > " + child + "; while :; do sleep 1; done'";

        assertThat(check(Duration.ofSeconds(1), script)).isEqualTo(new Health(false, "sh has not ended within PT1S."));
        Optional<ProcessHandle> left =
                ProcessHandle.of(Long.parseLong(Files.readString(child).strip()));
        left.ifPresent(process -> process.onExit().join());
    }

    @Test
    void aWishToCancelEndsIt() {
        CancellationToken token = CancellationToken.create();
        Context context = Context.standard().with(token);
        HealthProbe probe = HealthProbe.command(List.of("sh", "-c", "sleep 1000"), LONG);
        Thread canceller = new Thread(token::cancel);
        canceller.start();

        assertThatExceptionOfType(CancelledException.class).isThrownBy(() -> probe.check(context));
    }
}
