package org.tuxtape.livepatch.sysfs.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.LoadPlan.Cause;
import org.tuxtape.core.livepatch.LoadPlan.Obstacle;

class RefusalsTest {
    private static final LivepatchName NAME = new LivepatchName("livepatch_a");

    @ParameterizedTest(name = "{0} {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "EPERM | Module livepatch_a is blacklisted | NOT_PERMITTED",
                "EPERM | Lockdown: java: unsigned module loading is restricted; see man kernel_lockdown.7 | SIGNATURE",
                "EKEYREJECTED | Loading of unsigned module is rejected | SIGNATURE",
                "ENOKEY | Loading of module with unavailable key is rejected | SIGNATURE",
                "ENOEXEC | livepatch_a: version magic '6.12.1 SMP ' should be '6.12.2 SMP ' | OTHER_KERNEL",
                "ENOEXEC | livepatch_a: disagrees about version of symbol module_layout | OTHER_KERNEL",
                "EINVAL | livepatch_a: disagrees about version of symbol _printk | OTHER_KERNEL",
                "ENOEXEC | Invalid architecture in ELF header: 183 | OTHER_KERNEL",
                "ENOEXEC | Invalid ELF header magic: != \u007fELF | BROKEN_FILE",
                "ENOEXEC | Invalid ELF section header overflow | BROKEN_FILE",
                "ENOEXEC | ELF Spec violation: section name table isn't null terminated | BROKEN_FILE",
                "ENOEXEC | livepatch_a: module has no symbols (stripped?) | BROKEN_FILE",
                "ENOENT | livepatch_a: Unknown symbol nowhere (err -2) | UNKNOWN_SYMBOL",
                "EINVAL | livepatch: symbol 'gone' not found in symbol table | NO_SUCH_FUNCTION",
                "EINVAL | livepatch: unresolvable ambiguity for symbol 'twice' in object '(null)' | NO_SUCH_FUNCTION",
                "EINVAL | livepatch: symbol position 3 for symbol 'twice' in object 'vmlinux' not found | NO_SUCH_FUNCTION",
                "EINVAL | livepatch: failed to find location for function 'f' | NO_SUCH_FUNCTION",
                "EBUSY | livepatch: failed to register ftrace handler for function 'f' (-16) | FUNCTION_HELD",
                "ENODEV | livepatch: failed to register ftrace handler for function 'f' (-19) | FTRACE_OFF",
                "EINVAL | livepatch: Livepatch patch (a) is not compatible with the already installed livepatches. |"
                        + " INCOMPATIBLE",
                "EINVAL | livepatch: module livepatch_a is not marked as a livepatch module | NOT_A_LIVEPATCH",
                "EAGAIN | livepatch: pre-patch callback failed for object 'vmlinux' | OTHER",
                "ENOEXEC | livepatch_a: module is marked as livepatch module, but livepatch support is disabled |"
                        + " NO_LIVEPATCH_SUPPORT",
            })
    void theKernelsOwnLineTellsTheCause(String errno, String line, Cause cause) {
        Obstacle obstacle = Refusals.explain(
                errno, NAME, List.of("livepatch_a: loading out-of-tree module taints kernel.", line, "other"));

        assertThat(obstacle.cause()).isEqualTo(cause);
        assertThat(obstacle.errno()).isEqualTo(errno);
        assertThat(obstacle.reason())
                .startsWith("The kernel says: " + line.replace('\u007f', '?'))
                .endsWith(".")
                .doesNotContain("..");
    }

    @ParameterizedTest
    @CsvSource({
        "EPERM, NOT_PERMITTED",
        "EACCES, NOT_PERMITTED",
        "EEXIST, NAME_TAKEN",
        "EBUSY, TRANSITION_RUNNING",
        "ENOEXEC, BROKEN_FILE",
        "EKEYREJECTED, SIGNATURE",
        "ENODEV, NO_LIVEPATCH_SUPPORT",
        "EWOULDBLOCK, IN_USE",
        "EINVAL, OTHER",
        "errno 123, OTHER",
    })
    void withoutALineTheNumberAloneHasToDo(String errno, Cause cause) {
        Obstacle obstacle = Refusals.explain(errno, NAME, List.of("eth0: link is up"));

        assertThat(obstacle.cause()).isEqualTo(cause);
        assertThat(obstacle.reason()).startsWith("The kernel refused livepatch_a with " + errno + ". ");
    }

    @Test
    void aLineThatDoesNotGoWithTheNumberIsOfAnotherModule() {
        Obstacle obstacle = Refusals.explain("EEXIST", NAME, List.of("other: Unknown symbol nowhere (err -2)"));

        assertThat(obstacle.cause()).isEqualTo(Cause.NAME_TAKEN);
    }

    @Test
    void theCauseIsWorthMoreThanItsConsequence() {
        Obstacle obstacle = Refusals.explain(
                "EINVAL",
                NAME,
                List.of(
                        "livepatch: failed to enable patch 'livepatch_a'",
                        "livepatch: failed to patch object 'vmlinux'",
                        "livepatch: failed to find location for function 'f'"));

        assertThat(obstacle.reason()).contains("failed to find location for function 'f'");
    }

    /** Injected fault: a module whose name tries to colour a terminal. */
    @Test
    void whatTheLogHasIsSafeToPrint() {
        Obstacle obstacle = Refusals.explain("ENOENT", NAME, List.of("x\u001b[31m: Unknown symbol y\u202e (err -2)"));

        assertThat(obstacle.reason()).contains("x?[31m: Unknown symbol y? (err -2)");
    }
}
