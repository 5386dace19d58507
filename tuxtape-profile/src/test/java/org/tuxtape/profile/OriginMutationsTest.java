package org.tuxtape.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.tuxtape.core.Context;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.profile.ProfileException;

/** Whatever becomes of an origin's bytes, there is a profile that answers, or the declared exception. */
class OriginMutationsTest {
    private static final KernelBuild KERNEL = KernelBuild.of(KernelVersion.parse("6.12.7"));
    private static final List<String> PATHS = List.of("init/main.c", "fs/ext9/super.c", "include/linux/fs.h", "gone.c");

    private static final String LIST = """
            [{"directory": "/b", "file": "init/main.c", "command": "gcc -D__KERNEL__ -c -o init/main.o init/main.c"},
             {"directory": "/b", "file": "/b/fs/ext9/super.c", "output": "fs/ext9/super.o",
              "arguments": ["gcc", "-D__KERNEL__", "-DMODULE", "-DKBUILD_MODFILE=\\"fs/ext9/ext9\\""]}]
            """;

    private static final String MAKEFILE = """
            obj-y := main.o $(addprefix sub/, a.o b.o) $(patsubst %.c,%.o,$(wildcard $(src)/*.c))
            obj-$(CONFIG_NET) += net.o
            ifeq ($(CONFIG_NET),y)
            define add
            obj-m += $(1).o
            endef
            $(foreach n,x y,$(eval $(call add,$(n))))
            else ifdef CONFIG_OFF
            net-objs := a.o $(if $(A),b.o,c.o)
            endif
            net-y := $(NET:%.o=%.c) $(subst m,y,$(CONFIG_EXT9))
            """;

    private Path directory = Path.of("");
    private Path tree = Path.of("");
    private byte[] archive = {};
    private byte[] json = {};

    @BeforeProperty
    void writeBuild() throws IOException {
        directory = Files.createTempDirectory("tuxtape-origins");
        tree = SmallBuild.complete(directory).tree();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out);
                Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                tar.putArchiveEntry(new TarArchiveEntry(file.toFile(), "linux/" + tree.relativize(file)));
                Files.copy(file, tar);
                tar.closeArchiveEntry();
            }
        }
        archive = out.toByteArray();
        byte[] stored = ProfileFile.bytes(KbuildTree.read(tree));
        json = new GZIPInputStream(new ByteArrayInputStream(stored)).readAllBytes();
    }

    private static byte[] changed(byte[] bytes, int changes, Random random) {
        byte[] copy = bytes.clone();
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(copy.length);
            switch (random.nextInt(4)) {
                case 0 -> copy[at] = (byte) random.nextInt(256);
                case 1 -> copy[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> copy[at] = copy[random.nextInt(copy.length)];
                default ->
                    System.arraycopy(copy, random.nextInt(copy.length - 8), copy, random.nextInt(copy.length - 8), 8);
            }
        }
        return random.nextInt(8) == 0 ? Arrays.copyOf(copy, random.nextInt(copy.length)) : copy;
    }

    private static void answersOrRefuses(Supplier<KbuildProfile> reading) {
        try {
            KbuildProfile profile = reading.get();
            PATHS.forEach(
                    path -> assertThat(profile.file(SourcePath.parse(path))).isNotNull());
            assertThat(profile.units().values()).allMatch(objects -> !objects.isEmpty());
        } catch (ProfileException e) {
            assertThat(e.getMessage()).endsWith(".");
        }
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(directory.resolve(name), bytes);
    }

    @Property(tries = 500)
    void listsOfCompileCommands(@ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int changes)
            throws IOException {
        byte[] bytes = changed(LIST.getBytes(StandardCharsets.UTF_8), changes, new Random(seed));
        Path list = write("list.json", bytes);

        answersOrRefuses(() ->
                CompileCommands.at(list).withKernel(KERNEL).withSource(tree).read(Context.standard()));
    }

    @Property(tries = 300)
    void portableProfiles(@ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int changes) throws IOException {
        int start = new String(json, StandardCharsets.ISO_8859_1).indexOf("\"profile\":") + "\"profile\":".length();
        byte[] body = changed(Arrays.copyOfRange(json, start, json.length - 2), changes, new Random(seed));
        String head = "{\"format\":\"tuxtape-profile\",\"version\":1,\"sha256\":\"" + sha256(body) + "\",\"profile\":";
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(head.getBytes(StandardCharsets.US_ASCII));
            gzip.write(body);
            gzip.write("}\n".getBytes(StandardCharsets.US_ASCII));
        }
        Path file = write("x.profile", out.toByteArray());

        answersOrRefuses(() -> ProfileFile.read(file));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Property(tries = 300)
    void archives(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int changes) throws IOException {
        Path file = write("x.tar", changed(archive, changes, new Random(seed)));

        answersOrRefuses(() -> KbuildTree.read(file));
    }

    @Property(tries = 500)
    void makefiles(@ForAll long seed, @ForAll @IntRange(min = 1, max = 12) int changes) throws IOException {
        Path config = write("config", "CONFIG_X86=y\nCONFIG_NET=y\nCONFIG_EXT9=m\n".getBytes(StandardCharsets.UTF_8));
        Files.createDirectories(tree.resolve("arch/x86"));
        Files.writeString(tree.resolve("arch/x86/Makefile"), "");
        Files.writeString(tree.resolve("Kbuild"), "obj-y += init/ fs/\n");
        Files.write(
                tree.resolve("init/Makefile"),
                changed(MAKEFILE.getBytes(StandardCharsets.UTF_8), changes, new Random(seed)));

        answersOrRefuses(() -> KbuildSource.of(config, tree).read(Context.standard()));
    }
}
