package org.tuxtape.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A copy of the sample's tree in which one file has code, and the fix of a CVE in that file. */
record SampleTree(Path directory) {
    static final String CVE = "CVE-2025-21658";
    private static final String CODE = "int scrub(void)\n{\n\treturn 0;\n}\n";
    private static final String PATCH = """
            From aee5f69f3e6cd82bfefaca1b70b40b6cd8f3f784 Mon Sep 17 00:00:00 2001
            Subject: [PATCH] One is better

            --- a/fs/btrfs/scrub.c
            +++ b/fs/btrfs/scrub.c
            @@ -1,4 +1,4 @@
             int scrub(void)
             {
            -\treturn 0;
            +\treturn 1;
             }
            """;

    static SampleTree in(Path directory) throws IOException {
        SampleTree copy = new SampleTree(directory);
        List<Path> files;
        try (Stream<Path> all = Files.walk(Sample.buildTree())) {
            files = all.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            Path target =
                    copy.tree().resolve(Sample.buildTree().relativize(file).toString());
            Files.createDirectories(target.getParent());
            Files.copy(file, target);
        }
        Files.writeString(copy.tree().resolve("fs/btrfs/scrub.c"), CODE);
        Files.createDirectories(copy.patches());
        Files.writeString(copy.patches().resolve("0001-one-is-better.patch"), PATCH);
        Files.createDirectories(copy.scratch());
        return copy;
    }

    Path tree() {
        return directory.resolve("linux");
    }

    Path patches() {
        return directory.resolve("patches");
    }

    Path store() {
        return directory.resolve("store");
    }

    Path scratch() {
        return directory.resolve("scratch");
    }
}
