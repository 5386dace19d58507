package org.tuxtape.examples;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;

/** A program of the tests in a process of its own. */
final class JavaProcess {
    private JavaProcess() {}

    static Process of(Class<?> program, String argument) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        String.join(
                                File.pathSeparator,
                                System.getProperty("java.class.path"),
                                System.getProperty("jdk.module.path", ""),
                                "target/classes",
                                "target/test-classes"),
                        program.getName(),
                        argument)
                .start();
    }
}
