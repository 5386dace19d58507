package org.tuxtape.livepatch.sysfs.loading;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.livepatch.sysfs.internal.kernel.Errno;
import org.tuxtape.livepatch.sysfs.internal.kernel.KernelText;
import org.tuxtape.livepatch.sysfs.kernel.KernelAccessException;
import org.tuxtape.livepatch.sysfs.kernel.KernelRefusal;

/** The tools of kmod, for where this process may not call native code. */
final class KmodCommands implements ModuleLoading {
    private static final int LONGEST_OUTPUT = 4096;

    private final List<Path> directories;
    private final Duration timeout;

    /**
     * Creates the way.
     *
     * @param directories where to look for the tools
     * @param timeout how long one may take; the kernel itself is done in a few seconds
     */
    KmodCommands(List<Path> directories, Duration timeout) {
        this.directories = List.copyOf(directories);
        this.timeout = timeout;
    }

    static KmodCommands ofThisMachine() {
        List<Path> directories = List.of(Path.of("/sbin"), Path.of("/usr/sbin"), Path.of("/bin"), Path.of("/usr/bin"));
        return new KmodCommands(directories, Duration.ofMinutes(1));
    }

    @Override
    public void load(Path file) throws KernelRefusal {
        run("insmod", file.toAbsolutePath().toString());
    }

    @Override
    public void unload(LivepatchName name) throws KernelRefusal {
        run("rmmod", name.text());
    }

    private void run(String tool, String argument) throws KernelRefusal {
        Path program = find(tool);
        Process process = start(program, argument);
        try {
            if (!hasEnded(process)) {
                // Its output is not read: a tool that hangs inside the kernel keeps it open.
                throw new KernelAccessException(program, program + " " + argument + " did not end in time.");
            }
            if (process.exitValue() != 0) {
                throw refusal(program, argument, process);
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** Waits in spite of interrupts: what the kernel has begun is not undone by looking away. */
    private boolean hasEnded(Process process) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Path find(String tool) {
        return directories.stream()
                .map(directory -> directory.resolve(tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new KernelAccessException(
                        Path.of(tool), "Native code may not be called here, and there is no " + tool + "."));
    }

    private static Process start(Path program, String argument) {
        ProcessBuilder builder = new ProcessBuilder(program.toString(), argument).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("LC_ALL", "C");
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return process;
        } catch (IOException e) {
            throw new KernelAccessException(program, program + " cannot be run.", e);
        }
    }

    private static KernelRefusal refusal(Path program, String argument, Process ended) {
        String output;
        try (InputStream in = ended.getInputStream()) {
            output = new String(in.readNBytes(LONGEST_OUTPUT), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            output = "";
        }
        // The name of a file may hold anything, even the text of an error.
        String errno = Errno.in(output.replace(argument, "")).map(Errno::name).orElse("unknown");
        return new KernelRefusal(
                errno,
                program + " " + argument + " failed with status " + ended.exitValue() + ": "
                        + KernelText.oneLine(output));
    }

    @Override
    public String describe() {
        return "insmod and rmmod";
    }
}
