package org.tuxtape.profile.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The two tables of many names, and the symbol table that is made of one. */
class NamesTest {
    @Property
    void aNameSetHoldsWhatASetHolds(@ForAll Set<String> names, @ForAll String other) {
        NameSet set = NameSet.of(names);

        assertThat(set.size()).isEqualTo(names.size());
        assertThat(set.isEmpty()).isEqualTo(names.isEmpty());
        assertThat(names).allMatch(set::contains);
        assertThat(set.contains(other)).isEqualTo(names.contains(other));
    }

    @Property(tries = 200)
    void aTokenTableNumbersBytesInTheirOrder(@ForAll @Size(max = 3000) List<Short> values) {
        TokenTable table = new TokenTable();
        Map<String, Integer> model = new HashMap<>();
        List<String> order = new ArrayList<>();
        for (short value : values) {
            String text = "include/linux/" + value + ".h";
            byte[] bytes = (" " + text + " ").getBytes(StandardCharsets.US_ASCII);
            int expected = model.computeIfAbsent(text, key -> {
                order.add(key);
                return model.size();
            });
            assertThat(table.intern(bytes, 1, bytes.length - 1)).isEqualTo(expected);
        }
        assertThat(table.size()).isEqualTo(model.size());
        for (int token = 0; token < table.size(); token++) {
            assertThat(table.text(token)).isEqualTo(order.get(token));
        }
    }

    @Test
    void theTextOfBytesThatAreNoUtf8IsReplaced() {
        TokenTable table = new TokenTable();

        int token = table.intern(new byte[] {'a', (byte) 0xff}, 0, 2);

        assertThat(table.text(token)).isEqualTo("a\ufffd");
        assertThat(table.text(table.intern(new byte[0], 0, 0))).isEmpty();
    }

    @Test
    void aSymbolTableHasTheFunctionsThatAreCode() {
        SystemMap map = SystemMap.parse("""
                ffffffff81000000 T plain
                ffffffff81000010 t static_one.isra.0
                ffffffff81000020 t copied.constprop.1.cold
                ffffffff81000030 W weak
                ffffffff82000000 d data
                ffffffff82000000 D Data
                                 U undefined
                T
                x T\s
                ffffffff81000040 T last""".getBytes(StandardCharsets.UTF_8));

        assertThat(List.of("plain", "static_one", "copied", "weak", "last")).allMatch(map::hasFunction);
        assertThat(List.of("data", "Data", "undefined", "", "T")).noneMatch(map::hasFunction);
        assertThat(map.isPlaceholder()).isFalse();
        assertThat(SystemMap.parse(new byte[0]).isPlaceholder()).isTrue();
    }

    @Property
    void anySymbolTableIsRead(@ForAll byte[] bytes) {
        assertThat(SystemMap.parse(bytes).hasFunction("")).isFalse();
    }
}
