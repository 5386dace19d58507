package org.tuxtape.livepatch.sysfs.internal.transition;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.livepatch.BlockingTask;
import org.tuxtape.core.livepatch.BlockingTask.Kind;
import org.tuxtape.core.livepatch.Livepatch;
import org.tuxtape.core.livepatch.TransitionDirection;
import org.tuxtape.livepatch.sysfs.KernelDirectory;
import org.tuxtape.livepatch.sysfs.internal.kernel.LivepatchTree;
import org.tuxtape.livepatch.sysfs.internal.transition.Tasks.Sight;

class TasksTest {
    private static final String KTHREAD_STAT = "311 (nfsd) S 2 0 0 0 -1 2129984 0 0\n";

    @TempDir
    Path root;

    private KernelDirectory kernel;

    @BeforeEach
    void aLivepatchOfOneFunction() {
        kernel = KernelDirectory.in(root)
                .livepatch("livepatch_a", true, true)
                .function("livepatch_a", "nfsd", "nfsd_dispatch,1");
    }

    private Sight look(TransitionDirection direction) {
        List<Livepatch> loaded = new LivepatchTree(kernel.files()).loaded();
        return new Tasks(kernel.files()).look(direction, loaded, () -> true);
    }

    @Test
    void a_task_blocks_whose_state_is_not_the_one_that_the_transition_goes_to() {
        kernel.task(1, 1, "patch_state", "1\n").task(2, 2, "patch_state", "0\n").task(2, 3, "patch_state", "-1\n");

        Sight patching = look(TransitionDirection.PATCHING);
        Sight unpatching = look(TransitionDirection.UNPATCHING);

        assertThat(patching.count()).isEqualTo(3);
        assertThat(patching.blocking()).extracting(BlockingTask::tid).containsExactly(2);
        assertThat(unpatching.blocking()).extracting(BlockingTask::tid).containsExactly(1);
    }

    @Test
    void a_blocking_task_is_described_down_to_the_function_that_it_sleeps_on() {
        kernel.task(311, 311, "patch_state", "0\n")
                .task(311, 311, "stat", KTHREAD_STAT)
                .task(311, 311, "stack", """
                        [<0>] svc_recv+0x4f/0x6c0 [sunrpc]
                        [<0>] nfsd_dispatch+0x12/0x80 [nfsd]
                        [<0>] ret_from_fork+0x34/0x50
                        """);

        assertThat(look(TransitionDirection.PATCHING).blocking())
                .containsExactly(new BlockingTask(
                        311,
                        311,
                        "nfsd",
                        Kind.KERNEL_THREAD,
                        'S',
                        List.of("svc_recv [sunrpc]", "nfsd_dispatch [nfsd]", "ret_from_fork"),
                        Optional.of("nfsd_dispatch")));
    }

    @Test
    void on_the_way_back_it_is_a_function_of_the_livepatch_itself() {
        kernel.task(9, 9, "patch_state", "1\n").task(9, 9, "stack", "[<0>] new_dispatch+0x12/0x80 [livepatch_a]\n");

        assertThat(look(TransitionDirection.UNPATCHING).blocking())
                .extracting(BlockingTask::sleepsOn)
                .containsExactly(Optional.of("new_dispatch"));
    }

    @Test
    void a_name_may_hold_whatever_its_program_likes() {
        kernel.task(7, 8, "patch_state", "0\n").task(7, 8, "stat", "8 (a) R (b)\u001b c) D 1 7 7 0 -1 4194304 0 0\n");

        assertThat(look(TransitionDirection.PATCHING).blocking())
                .singleElement()
                .satisfies(task -> {
                    assertThat(task.name()).isEqualTo("a) R (b)? c");
                    assertThat(task.kind()).isEqualTo(Kind.USER);
                    assertThat(task.state()).isEqualTo('D');
                });
    }

    @Test
    void what_may_not_be_read_of_a_task_is_left_open() {
        kernel.task(7, 8, "patch_state", "0\n");

        assertThat(look(TransitionDirection.PATCHING).blocking())
                .containsExactly(new BlockingTask(7, 8, "?", Kind.UNKNOWN, '?', List.of(), Optional.empty()));
    }

    @Test
    void tasks_without_a_state_that_may_be_read_are_not_there() {
        kernel.task(1, 1, "stat", "1 (init) S 0\n").directory("proc/2/task").file("proc/cpuinfo", "");

        assertThat(look(TransitionDirection.PATCHING)).isEqualTo(Sight.NONE);
    }

    @Test
    void many_blocking_tasks_are_counted_and_some_of_them_described() throws IOException {
        for (int tid = 1; tid <= 300; tid++) {
            kernel.task(1, tid, "patch_state", "0\n");
        }
        assertThat(Files.isDirectory(root.resolve("proc/1/task/300"))).isTrue();

        Sight sight = look(TransitionDirection.PATCHING);

        assertThat(sight.remaining()).isEqualTo(300);
        assertThat(sight.blocking()).hasSize(256);
    }

    @Test
    void a_look_ends_early_once_nobody_needs_it() {
        for (int tid = 1; tid <= 300; tid++) {
            kernel.task(1, tid, "patch_state", "1\n");
        }
        AtomicInteger asked = new AtomicInteger();

        Sight sight = new Tasks(kernel.files())
                .look(TransitionDirection.PATCHING, List.of(), () -> asked.incrementAndGet() < 2);

        assertThat(sight).isEqualTo(Sight.NONE);
        assertThat(asked).hasValue(2);
    }
}
