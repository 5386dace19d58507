package org.tuxtape.testkit.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.tuxtape.core.livepatch.ModuleFile;

/** Injected fault: bytes of a module that somebody has changed. */
class ElfModuleProperties {
    private static final List<byte[]> MODULES = List.of(
            full(62, 8, ByteOrder.LITTLE_ENDIAN).bytes(),
            full(22, 8, ByteOrder.BIG_ENDIAN).bytes(),
            full(40, 4, ByteOrder.LITTLE_ENDIAN).bytes(),
            ElfModule.livepatch("b").klp("fat", "f", 1).klp("vmlinux", "g", 0).bytes());

    private static ElfModule full(int machine, int word, ByteOrder order) {
        return ElfModule.livepatch("a")
                .machine(machine, word, order)
                .needs("_printk")
                .reaches("vmlinux", "vmlinux", "s", 1)
                .kpatch("vmlinux", "f", 0)
                .kpatch("fat", "g", 2);
    }

    @Property(tries = 20_000)
    void aChangedModuleGivesAValueOrAnIllegalArgument(@ForAll("changed") byte[] module) {
        try {
            assertThat(ModuleFile.parse(ByteBuffer.wrap(module)).name()).isNotNull();
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageEndingWith(".").hasMessageMatching("[^\\n]{10,700}");
        }
    }

    @Provide
    Arbitrary<byte[]> changed() {
        Arbitrary<Integer> places =
                Arbitraries.integers().between(0, Integer.MAX_VALUE).withoutEdgeCases();
        Arbitrary<Byte> values = Arbitraries.oneOf(
                Arbitraries.bytes(), Arbitraries.of((byte) 0, (byte) 1, (byte) 0x7f, (byte) 0x80, (byte) 0xff));
        Arbitrary<List<Change>> changes = Combinators.combine(places, values)
                .as(Change::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
        return Combinators.combine(Arbitraries.of(MODULES), changes).as((module, list) -> {
            byte[] copy = module.clone();
            list.forEach(change -> copy[change.place() % copy.length] = change.value());
            return copy;
        });
    }

    private record Change(int place, byte value) {}
}
