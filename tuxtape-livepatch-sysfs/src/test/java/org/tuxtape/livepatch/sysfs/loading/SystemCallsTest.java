package org.tuxtape.livepatch.sysfs.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.jna.Native;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.livepatch.sysfs.kernel.KernelRefusal;

/** Real system calls, but only such as cannot succeed. Which refusal comes depends on who runs the test, and where. */
class SystemCallsTest {
    private static final String NO_RIGHT = "EPERM";
    private static final String NO_MODULES = "ENOSYS";

    @TempDir
    Path directory;

    @Test
    void a_file_of_zeros_is_refused() throws IOException {
        Path file = Files.write(directory.resolve("zeros.ko"), new byte[4096]);

        KernelRefusal refusal = catchThrowableOfType(KernelRefusal.class, () -> new SystemCalls().load(file));

        assertThat(refusal.errno()).isIn("ENOEXEC", NO_RIGHT, NO_MODULES);
        assertThat(refusal).hasMessageContaining("zeros.ko");
    }

    @Test
    void a_file_that_is_not_there_is_refused_before_the_kernel_is_asked_to_load_it() {
        KernelRefusal refusal = catchThrowableOfType(
                KernelRefusal.class, () -> new SystemCalls().load(directory.resolve("missing.ko")));

        assertThat(refusal.errno()).isEqualTo("ENOENT");
    }

    @Test
    void a_call_that_succeeds_may_leave_an_error_number() throws Exception {
        Native.setLastError(17);

        assertThat(SystemCalls.orRefusal(0, "do anything")).isZero();
    }

    @Test
    @Timeout(60)
    void a_pipe_is_refused_and_not_waited_for() throws Exception {
        Path pipe = directory.resolve("pipe.ko");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        KernelRefusal refusal = catchThrowableOfType(KernelRefusal.class, () -> new SystemCalls().load(pipe));

        assertThat(refusal.errno()).isIn("EINVAL", NO_RIGHT, NO_MODULES);
    }

    @Test
    void a_module_that_is_not_there_cannot_be_removed() {
        KernelRefusal refusal = catchThrowableOfType(
                KernelRefusal.class, () -> new SystemCalls().unload(new LivepatchName("tuxtape_no_such_module")));

        assertThat(refusal.errno()).isIn("ENOENT", NO_RIGHT, NO_MODULES);
    }

    @Test
    void a_file_of_another_file_system_is_an_error_of_the_caller() throws IOException {
        Path archive = directory.resolve("archive.zip");
        try (var files = java.nio.file.FileSystems.newFileSystem(archive, java.util.Map.of("create", "true"))) {
            Path inside = files.getPath("/a.ko");

            assertThatThrownBy(() -> new SystemCalls().load(inside)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void where_native_code_may_be_called_the_calls_go_that_way() {
        assertThat(ModuleLoading.ofThisMachine().describe()).isEqualTo("system calls");
    }
}
