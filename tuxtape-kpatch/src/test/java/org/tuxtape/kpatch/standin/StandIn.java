package org.tuxtape.kpatch.standin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The stand-ins, installed where nobody else has them. Everything that they do is told by files there, since a builder
 * keeps the environment clean.
 */
public final class StandIn {
    /** What the compiler calls itself after {@code gcc}. */
    public static final String COMPILER = "(Stand-in 12.2.0-1) 12.2.0";

    private static final List<String> SCRIPTS = List.of(
            "bin/gcc",
            "bin/kpatch-build",
            "lib/kpatch/create-diff-object",
            "lib/standin/cc.awk",
            "lib/standin/diff.awk",
            "lib/standin/elf.awk",
            "lib/standin/faults.bash",
            "lib/standin/kbuild",
            "lib/standin/klp-diff.awk",
            "lib/standin/ko.awk",
            "lib/standin/source.awk",
            "lib/standin/vmlinux.awk");
    private static final List<String> PROGRAMS =
            List.of("bash", "make", "patch", "gawk", "lsdiff", "recountdiff", "getopt", "setsid");

    private final Path prefix;

    private StandIn(Path prefix) {
        this.prefix = prefix;
    }

    /**
     * Installs them, or aborts the test where a program is missing that they are made of.
     *
     * @param directory a new one is made in it
     */
    public static StandIn in(Path directory) {
        for (String program : PROGRAMS) {
            Assumptions.assumeTrue(
                    isInstalled(program), () -> "The stand-ins need " + program + ", which is not here.");
        }
        try {
            StandIn standIn =
                    new StandIn(Files.createTempDirectory(directory, "stand-in").toRealPath());
            for (String script : SCRIPTS) {
                standIn.install(script, standIn.prefix.resolve(script));
            }
            return standIn.compiler(COMPILER);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was installed before, possibly by another process. */
    public static StandIn at(Path prefix) {
        return new StandIn(prefix);
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    /** Copies a script, telling it where its fellows are. */
    void install(String script, Path target) throws IOException {
        try (InputStream resource = StandIn.class.getResourceAsStream(script)) {
            if (resource == null) {
                throw new IllegalStateException("There is no script " + script + ".");
            }
            String text = new String(resource.readAllBytes(), StandardCharsets.UTF_8);
            Files.createDirectories(target.getParent());
            Files.writeString(target, text.replace("@PREFIX@", prefix.toString()));
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    /** Where they are installed. */
    public Path prefix() {
        return prefix;
    }

    /** What is to be called. */
    public Path kpatchBuild() {
        return prefix.resolve("bin/kpatch-build");
    }

    /** A directory with a {@code gcc} that is the kernel's compiler. */
    public Path bin() {
        return prefix.resolve("bin");
    }

    /** Sets what the compiler is. */
    public StandIn compiler(String version) {
        return write("compiler", version + "\n");
    }

    /** Tells whether a tool {@linkplain Fault#hang hangs}, or has since the faults were set. */
    public boolean isHanging() {
        return Files.exists(prefix.resolve("hanging"));
    }

    /** Sets everything that goes wrong from now on. */
    public StandIn faults(Fault... faults) {
        remove("hanging");
        remove("go");
        return write(
                "faults", Stream.of(faults).map(fault -> fault.line() + "\n").collect(Collectors.joining()));
    }

    /** Lets a tool go on that {@linkplain Fault#await waits}. */
    public StandIn go() {
        return write("go", "");
    }

    /** Gives a module for the tools to deliver in place of one of their own. */
    public StandIn delivers(Path module) {
        return write("modules/" + module.getFileName(), read(module));
    }

    private StandIn write(String name, String text) {
        return write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private StandIn write(String name, byte[] content) {
        try {
            Path file = prefix.resolve(name);
            Files.createDirectories(file.getParent());
            Files.write(file, content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes a part of the installation away. */
    public StandIn remove(String name) {
        try {
            Files.deleteIfExists(prefix.resolve(name));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String text(String name) {
        return new String(read(prefix.resolve(name)), StandardCharsets.UTF_8);
    }

    /** Every run of a tool so far, with its arguments. */
    public List<String> runs() {
        return text("runs").lines().toList();
    }

    /** The environment that a tool was last run in. */
    public Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>();
        for (String entry : text("environment").split("\0", -1)) {
            int equals = entry.indexOf('=');
            if (equals > 0) {
                environment.put(entry.substring(0, equals), entry.substring(equals + 1));
            }
        }
        return environment;
    }

    /** The processes of all runs that are still there: whatever names the installation in its command or environment. */
    public List<ProcessHandle> processes() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(this::isOurs)
                .toList();
    }

    private boolean isOurs(ProcessHandle process) {
        Path proc = Path.of("/proc", Long.toString(process.pid()));
        return names(proc.resolve("cmdline")) || names(proc.resolve("environ"));
    }

    private boolean names(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).contains(prefix.toString());
        } catch (IOException e) {
            return false; // it has ended, or belongs to somebody else
        }
    }

    /** Ends whatever is left of the runs. */
    public void endProcesses() {
        processes().forEach(ProcessHandle::destroyForcibly);
    }
}
