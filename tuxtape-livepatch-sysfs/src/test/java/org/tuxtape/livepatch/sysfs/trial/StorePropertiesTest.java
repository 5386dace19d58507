package org.tuxtape.livepatch.sysfs.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.livepatch.sysfs.trial.HealthProbe.Health;

/** Whatever happens to the files of a patch that is not to be loaded: it is not loaded, and nothing but the store's own
 * exception comes of it. */
class StorePropertiesTest {
    private Path directory = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private Machine turnedDown;

    @SuppressWarnings("NullAway.Init")
    private Machine wentDown;

    @SuppressWarnings("NullAway.Init")
    private LivepatchModule module;

    @BeforeProperty
    void turnDownAndGoDown() throws IOException {
        directory = Files.createTempDirectory("tuxtape-store");
        turnedDown = new Machine(directory.resolve("turned-down"));
        module = turnedDown.patch("livepatch_a");
        turnedDown
                .trial()
                .probing("health", asked -> new Health(false, "ill"))
                .run(module, "operator", turnedDown.clock.context());
        wentDown = new Machine(directory.resolve("went-down"));
        wentDown.accept(wentDown.patch("livepatch_a"));
        wentDown.boot("").bootLoad();
        wentDown.boot("");
    }

    @AfterProperty
    void removeDirectory() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Property(tries = 300)
    void aDamagedStateLoadsNothing(@ForAll Random random) throws IOException {
        damage(turnedDown, "state", random);
        damage(wentDown, "state", random);
    }

    @Property(tries = 300)
    void aDamagedManifestLoadsNothing(@ForAll Random random) throws IOException {
        damage(turnedDown, "manifest", random);
        damage(wentDown, "manifest", random);
    }

    private void damage(Machine machine, String name, Random random) throws IOException {
        Path file = machine.folder(module).resolve(name);
        byte[] sound = Files.readAllBytes(file);
        try {
            Files.write(file, mutated(sound, random));
            BootReport report = machine.bootLoad();
            assertThat(report.entries()).hasSize(1);
            try {
                TrialOutcome outcome = machine.trial().run(module, "operator", machine.clock.context());
                assertThat(outcome).isInstanceOf(TrialOutcome.NotTried.class);
            } catch (StoreException e) {
                assertThat(e).hasMessageContaining(file.getParent().toString());
            }
            assertThat(machine.inForce()).isEmpty();
        } finally {
            Files.write(file, sound);
        }
    }

    private static byte[] mutated(byte[] sound, Random random) {
        return switch (random.nextInt(5)) {
            case 0 ->
                new String(sound, StandardCharsets.UTF_8)
                        .substring(0, random.nextInt(sound.length))
                        .getBytes(StandardCharsets.UTF_8);
            case 1 -> {
                byte[] flipped = sound.clone();
                for (int i = random.nextInt(8); i >= 0; i--) {
                    flipped[random.nextInt(flipped.length)] = (byte) random.nextInt(256);
                }
                yield flipped;
            }
            case 2 -> {
                ByteArrayOutputStream longer = new ByteArrayOutputStream();
                int at = random.nextInt(sound.length);
                longer.write(sound, 0, at);
                byte[] more = new byte[random.nextInt(5000)];
                random.nextBytes(more);
                longer.writeBytes(more);
                longer.write(sound, at, sound.length - at);
                yield longer.toByteArray();
            }
            case 3 -> {
                List<String> lines = lines(sound);
                lines.remove(random.nextInt(lines.size()));
                yield String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
            }
            default -> {
                List<String> lines = lines(sound);
                lines.add(lines.get(random.nextInt(lines.size())));
                Collections.shuffle(lines, random);
                yield String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
            }
        };
    }

    private static List<String> lines(byte[] text) {
        return new ArrayList<>(new String(text, StandardCharsets.UTF_8).lines().toList());
    }
}
