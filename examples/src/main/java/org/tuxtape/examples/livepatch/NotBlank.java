package org.tuxtape.examples.livepatch;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A name or a reason that somebody really gave. */
public final class NotBlank implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
        if (text.isBlank()) {
            throw new TypeConversionException("it takes a text that is not blank");
        }
        return text;
    }
}
