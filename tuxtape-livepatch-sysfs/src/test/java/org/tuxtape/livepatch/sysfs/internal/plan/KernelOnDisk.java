package org.tuxtape.livepatch.sysfs.internal.plan;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.tuxtape.livepatch.sysfs.kernel.KernelFiles;

/** The files of a kernel that a pre-flight reads, as plain files: root on 6.12.107, with nothing in the way. */
final class KernelOnDisk {
    private final Path root;

    private KernelOnDisk(Path root) {
        this.root = root;
    }

    /** A kernel that shows nothing at all, as one does to whom nothing may be read. */
    static KernelOnDisk silent(Path root) {
        return new KernelOnDisk(root);
    }

    static KernelOnDisk ready(Path root) {
        return silent(root)
                .file("proc/self/status", "Name:\tjava\nCapInh:\t0000000000000000\nCapEff:\t000001ffffffffff\n")
                .file("proc/self/uid_map", "         0          0 4294967295\n")
                .file("proc/cmdline", "console=ttyS0 quiet\n")
                .file("proc/modules", "fat 86016 1 vfat, Live 0x0000000000000000\n")
                .file("proc/version", "Linux version 6.12.107 (u@h) (gcc 12 #3) #1 SMP Tue Aug 4 10:00:00 UTC 2026\n")
                .file("proc/sys/kernel/osrelease", "6.12.107\n")
                .file("proc/sys/kernel/arch", "x86_64\n")
                .file("proc/sys/kernel/modules_disabled", "0\n")
                .file("proc/sys/kernel/ftrace_enabled", "1\n")
                .directory("sys/kernel/livepatch")
                .module("fat", "live")
                .file("proc/kallsyms", """
                        ffffffff81000000 T klp_enable_patch
                        ffffffff81000010 T _printk
                        ffffffff81000020 t cmdline_proc_show
                        ffffffff81000030 t twice
                        ffffffff81000040 t twice
                        ffffffff81000050 T private
                        ffffffff81000060 t one_of_two
                        ffffffff81000060 t two_of_two
                        ffffffff81a00000 r __ksymtab_klp_enable_patch
                        ffffffff81a00010 r __ksymtab__printk
                        ffffffffa0000000 t fat_fill_inode\t[fat]
                        ffffffffa0000010 t cmdline_proc_show\t[fat]
                        ffffffffa0000020 U not_its_own\t[fat]
                        """)
                .file("sys/kernel/tracing/enabled_functions", "")
                .file(
                        "sys/kernel/tracing/available_filter_functions",
                        "cmdline_proc_show\ntwice\nprivate\nfat_fill_inode [fat]\n")
                .file("sys/kernel/debug/kprobes/list", "");
    }

    KernelOnDisk file(String path, String text) {
        return write(path, text.getBytes(StandardCharsets.UTF_8));
    }

    KernelOnDisk config(String... options) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream stream = new GZIPOutputStream(packed)) {
            stream.write(("# Kernel\n" + String.join("\n", options) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return write("proc/config.gz", packed.toByteArray());
    }

    KernelOnDisk buildId(String hexadecimal) {
        byte[] id = HexFormat.of().parseHex(hexadecimal);
        ByteBuffer note = ByteBuffer.allocate(16 + id.length).order(ByteOrder.nativeOrder());
        note.putInt(4)
                .putInt(id.length)
                .putInt(3)
                .put(new byte[] {'G', 'N', 'U', 0})
                .put(id);
        return write("sys/kernel/notes", note.array());
    }

    KernelOnDisk module(String name, String state) {
        return file("sys/module/" + name + "/initstate", state + "\n");
    }

    KernelOnDisk directory(String path) {
        try {
            Files.createDirectories(root.resolve(path));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    KernelOnDisk without(String path) {
        try {
            Files.delete(root.resolve(path));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private KernelOnDisk write(String path, byte[] content) {
        try {
            Path file = root.resolve(path);
            Files.createDirectories(file.getParent());
            Files.write(file, content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    KernelFiles files() {
        return KernelFiles.under(root);
    }
}
