package org.tuxtape.report.internal.html;

import java.io.IOException;
import java.io.Writer;

/**
 * Writes HTML as a stream of nested elements. An element is closed by what opened it, and every text is escaped; only names
 * of elements and attributes, and what is said to be trusted, are written as they are.
 */
public final class HtmlWriter {
    private final Writer out;

    /** Writes to where the caller likes it. */
    public HtmlWriter(Writer out) {
        this.out = out;
    }

    /** What stands in an element. */
    @FunctionalInterface
    public interface Content {
        /** Writes it. */
        void write() throws IOException;
    }

    /** Writes the first line of a document. */
    public void doctype() throws IOException {
        out.write("<!doctype html>\n");
    }

    /** Writes an element that holds others. */
    public void element(String tag, Attributes attributes, Content content) throws IOException {
        open(tag, attributes);
        content.write();
        close(tag);
    }

    /** Writes an element that holds others and has no attributes. */
    public void element(String tag, Content content) throws IOException {
        element(tag, Attributes.NONE, content);
    }

    /** Writes an element that holds a text. */
    public void element(String tag, Attributes attributes, String text) throws IOException {
        open(tag, attributes);
        text(text);
        close(tag);
    }

    /** Writes an element that holds a text and has no attributes. */
    public void element(String tag, String text) throws IOException {
        element(tag, Attributes.NONE, text);
    }

    /** Writes an element that never has an end. */
    public void empty(String tag, Attributes attributes) throws IOException {
        open(tag, attributes);
    }

    /** Writes an element whose text is not escaped: a script or a style of the program's own. */
    public void trusted(String tag, String text) throws IOException {
        if (text.contains("</")) {
            throw new IllegalArgumentException("This would end the element '" + tag + "'.");
        }
        open(tag, Attributes.NONE);
        out.write(text);
        close(tag);
    }

    /** Writes a text. */
    public void text(String text) throws IOException {
        Escaped.write(text, out);
    }

    /** Begins a new line, so that the page can be read and compared as text. */
    public void line() throws IOException {
        out.write('\n');
    }

    private void open(String tag, Attributes attributes) throws IOException {
        out.write('<');
        out.write(tag);
        for (Attributes.Attribute attribute : attributes.all()) {
            out.write(' ');
            out.write(attribute.name());
            out.write("=\"");
            Escaped.write(attribute.value(), out);
            out.write('"');
        }
        out.write('>');
    }

    private void close(String tag) throws IOException {
        out.write("</");
        out.write(tag);
        out.write('>');
    }
}
