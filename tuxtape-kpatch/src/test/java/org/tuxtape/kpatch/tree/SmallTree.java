package org.tuxtape.kpatch.tree;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A kernel tree of a few files, as much of one as opening it asks for. */
final class SmallTree {
    final Path root;

    private SmallTree(Path root) {
        this.root = root;
    }

    static SmallTree in(Path directory) {
        SmallTree tree = new SmallTree(directory);
        tree.write("Makefile", "VERSION = 6\nPATCHLEVEL = 1\nSUBLEVEL = 192\nEXTRAVERSION =\nNAME = Curry Ramen\n");
        tree.write(".config", """
                # Linux/x86 6.1.192 Kernel Configuration
                CONFIG_CC_VERSION_TEXT="gcc (Debian 12.2.0-14) 12.2.0"
                CONFIG_LOCALVERSION="-lab"
                CONFIG_LIVEPATCH=y
                CONFIG_BTRFS_FS=m
                # CONFIG_X86_KERNEL_IBT is not set
                """);
        tree.write("include/config/kernel.release", "6.1.192-lab\n");
        tree.write("arch/x86/include/generated/asm/bitops.h", "");
        tree.write("arch/arm/Makefile", "");
        tree.write("net/core/sock.c", "int sock;\n");
        tree.write("net/core/dev.c", "int dev;\n");
        tree.write("net/ipv4/udp.c", "int udp;\n");
        tree.write("scripts/setlocalversion", "#!/bin/sh\n");
        tree.mode("scripts/setlocalversion", "rwxr-xr-x");
        return tree;
    }

    Path path(String name) {
        return root.resolve(name);
    }

    void write(String name, String text) {
        try {
            Files.createDirectories(path(name).getParent());
            Files.writeString(path(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String read(String name) {
        try {
            return Files.readString(path(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete(String name) {
        try {
            Files.delete(path(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void mode(String name, String permissions) {
        try {
            Files.setPosixFilePermissions(path(name), PosixFilePermissions.fromString(permissions));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything but the state directory: kind, mode and content by path. */
    Map<String, String> picture() {
        Map<String, String> picture = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root, new FileVisitOption[0])) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                String name = root.relativize(path).toString();
                if (!name.startsWith(StateDirectory.NAME)) {
                    picture.put(name, picture(path));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return picture;
    }

    private static String picture(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            return "-> " + Files.readSymbolicLink(path);
        }
        String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
        return Files.isDirectory(path)
                ? "directory " + mode
                : mode + ' ' + Base64.getEncoder().encodeToString(Files.readAllBytes(path));
    }
}
