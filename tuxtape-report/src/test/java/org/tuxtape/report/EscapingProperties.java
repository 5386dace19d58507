package org.tuxtape.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whatever a record says is text. */
class EscapingProperties {
    private static final Pattern TAG = Pattern.compile("</?([a-zA-Z!][a-zA-Z0-9]*)[^<>]*>");

    private static final String ORDINARY = ordinary();

    @Property(tries = 40)
    void no_text_changes_the_elements_of_a_page(@ForAll("hostile") String text) throws IOException {
        assertThat(tags(page(text))).isEqualTo(ORDINARY);
    }

    @Property(tries = 40)
    void no_text_of_a_page_has_characters_that_do_not_show(@ForAll("hostile") String text) throws IOException {
        assertThat(page(text).codePoints().filter(c -> c != '\n' && c != '\t'))
                .noneMatch(c -> Character.getType(c) == Character.CONTROL
                        || Character.getType(c) == Character.FORMAT
                        || Character.getType(c) == Character.SURROGATE);
    }

    @Property(tries = 40)
    void a_text_is_the_same_in_json(@ForAll("hostile") String text) throws IOException {
        StringWriter out = new StringWriter();
        JsonReport.of(Runs.saying(text)).writeTo(out);
        JsonNode fault =
                new JsonMapper().readTree(out.toString()).path("faults").get(0);
        assertThat(fault.path("message").asString("")).isEqualTo(text);
    }

    @Provide
    Arbitrary<String> hostile() {
        Arbitrary<String> pieces = Arbitraries.of(
                "<script>alert(1)</script>",
                "</style>",
                "</title>",
                "<!--",
                "-->",
                "\" onload=\"x",
                "' x='",
                "&lt;",
                "&#x3c;b>",
                "\u202E",
                "\u2066",
                "\u0000",
                "\u001B[2J",
                "\u0085",
                "\r\n",
                "\uD800",
                "\uDFFF",
                "]]>",
                "javascript:",
                "\u2028",
                "`",
                "plain",
                " ",
                "\uFEFF",
                "\uFFFE",
                "<svg/onload=x>",
                "<");
        return pieces.list().ofMinSize(1).ofMaxSize(6).map(list -> "a" + String.join("", list));
    }

    private static String page(String text) throws IOException {
        return HtmlReportTest.page(Runs.saying(text));
    }

    private static String ordinary() {
        try {
            return tags(page("ordinary"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The names of all elements in order; what stands in the style and the script is the page's own. */
    private static String tags(String page) {
        StringBuilder names = new StringBuilder();
        Matcher tag = TAG.matcher(page.replaceAll("(?s)<(style|script)>.*?</\\1>", ""));
        while (tag.find()) {
            names.append(tag.group(1)).append(' ');
        }
        return names.toString();
    }
}
