package org.tuxtape.mail.internal.expand;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.tuxtape.mail.fixture.Mutation;

@Label("An xz file with fitted dictionaries")
class FittedDictionariesProperties {

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    @Label("expands to its content")
    void expandsToItsContent(@ForAll("parts") List<String> parts) {
        String content = String.join("", parts);

        Expansion expansion = Expansion.of(() -> RawArchive.ofChannel(channel(file(parts))), Expansion.GENEROUS);

        assertThat(expansion.message()).isNull();
        assertThat(new String(expansion.content(), US_ASCII)).isEqualTo(content);
    }

    /**
     * What a damaged block gives before it is found damaged is not compared: a damaged length may let it swallow the
     * header of the next block as content, and that header was fitted.
     */
    @Property(tries = 1000, edgeCases = EdgeCasesMode.NONE)
    @Label("is found to be damaged whenever it is, and a sound one gives the same bytes as without the fitting")
    void isNoLessSafe(@ForAll("parts") List<String> parts, @ForAll("mutations") List<Mutation> mutations) {
        byte[] damaged = Mutation.applyAll(mutations, file(parts));

        Expansion plain = Expansion.of(damaged);
        Expansion fitted = Expansion.of(() -> RawArchive.ofChannel(channel(damaged)), Expansion.GENEROUS);

        assertThat(fitted.fault() == null).isEqualTo(plain.fault() == null);
        if (plain.fault() == null) {
            assertThat(fitted.content()).isEqualTo(plain.content());
        }
    }

    /** One stream per part. */
    private static byte[] file(List<String> parts) {
        return Compressed.concatenation(parts.stream()
                .map(part -> Compressed.XZ.of(part.getBytes(US_ASCII)))
                .toArray(byte[][]::new));
    }

    private static SeekableInMemoryByteChannel channel(byte[] file) {
        return new SeekableInMemoryByteChannel(file);
    }

    @Provide
    Arbitrary<List<String>> parts() {
        Arbitrary<String> text = Arbitraries.strings().withCharRange('a', 'd').ofMaxLength(40);
        return Arbitraries.integers()
                .between(1, 300)
                .flatMap(times -> text.map(part -> part.repeat(times)))
                .list()
                .ofMinSize(1)
                .ofMaxSize(3);
    }

    @Provide
    Arbitrary<List<Mutation>> mutations() {
        return Mutation.some();
    }
}
