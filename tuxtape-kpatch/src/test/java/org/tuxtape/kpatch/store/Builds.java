package org.tuxtape.kpatch.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.kernel.KernelRelease;
import org.tuxtape.core.livepatch.BuildKey;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.core.livepatch.ModuleFile;
import org.tuxtape.core.livepatch.Replacement;
import org.tuxtape.testkit.sample.ElfModule;

/** What a builder hands in: small modules that are well formed. */
final class Builds {
    private final Path directory;

    Builds(Path directory) {
        this.directory = directory;
    }

    static BuildKey key(int number) {
        return new BuildKey(String.format("%064x", number));
    }

    LivepatchModule module(int number) {
        return module(number, ElfModule.livepatch("livepatch_" + number).kpatch("vmlinux", "tcp_v4_rcv", 1));
    }

    LivepatchModule module(int number, ElfModule elf) {
        byte[] bytes = elf.bytes();
        ModuleFile file = ModuleFile.parse(ByteBuffer.wrap(bytes));
        try {
            Path path =
                    Files.createDirectories(directory.resolve("build" + number)).resolve("out.ko");
            return new LivepatchModule(Files.write(path, bytes), manifest(number, bytes, file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Manifest manifest(int number, byte[] bytes, ModuleFile file) {
        SortedMap<CveId, Manifest.FixedBy> none = new TreeMap<>();
        return new Manifest(
                new LivepatchName("livepatch_" + number),
                sha256(bytes),
                KernelRelease.parse("6.12.107"),
                file.vermagic().orElseThrow(),
                "kpatch-build 0.9.10",
                Optional.of(key(number)),
                Replacement.REPLACE_ALL,
                none,
                file.functions().orElse(new TreeSet<>()));
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
