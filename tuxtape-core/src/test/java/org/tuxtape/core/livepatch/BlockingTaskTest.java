package org.tuxtape.core.livepatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tuxtape.core.livepatch.BlockingTask.Kind;

class BlockingTaskTest {

    @Test
    void theFunctionOfTheLivepatchSaysMost() {
        assertThat(task(Kind.KERNEL_THREAD, List.of("schedule", "nfsd_dispatch"), Optional.of("nfsd_dispatch"))
                        .describe())
                .isEqualTo("nfsd (311, kernel thread, S) sleeps on nfsd_dispatch");
    }

    @Test
    void elseTheInnermostFunctionDoes() {
        assertThat(task(Kind.USER, List.of("do_epoll_wait", "do_syscall_64"), Optional.empty())
                        .describe())
                .isEqualTo("nfsd (311, user, S) is in do_epoll_wait");
    }

    @Test
    void ofATaskWhoseStackMayNotBeReadOnlyItsNameIsTold() {
        assertThat(task(Kind.UNKNOWN, List.of(), Optional.empty()).describe()).isEqualTo("nfsd (311, unknown, S)");
    }

    private static BlockingTask task(Kind kind, List<String> stack, Optional<String> sleepsOn) {
        return new BlockingTask(310, 311, "nfsd", kind, 'S', stack, sleepsOn);
    }
}
