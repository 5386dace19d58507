package org.tuxtape.report.internal.page;

import static org.tuxtape.report.internal.html.Attributes.css;
import static org.tuxtape.report.internal.html.Attributes.having;

import java.io.IOException;
import java.util.List;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.pipeline.LeftOut;
import org.tuxtape.core.pipeline.StageRun;
import org.tuxtape.core.pipeline.Standing;
import org.tuxtape.report.internal.html.HtmlWriter;
import org.tuxtape.report.internal.words.Sentences;
import org.tuxtape.report.internal.words.StageWords;
import org.tuxtape.report.internal.words.Times;

/** What several parts of the page say in the same way. */
final class Pieces {
    private Pieces() {}

    /** Links to a CVE's own place in the page. */
    static void link(HtmlWriter html, CveId id) throws IOException {
        html.element("a", having("href", "#" + id), id.toString());
    }

    static void state(HtmlWriter html, Standing.State state) throws IOException {
        html.element("span", css("state " + Tone.of(state).css()), state.toString());
    }

    /** Says why something stands where it does, and what can be done about it. */
    static void say(HtmlWriter html, Standing standing) throws IOException {
        html.element("p", () -> {
            html.text(standing.reason());
            if (!standing.remedy().isEmpty()) {
                html.text(" ");
                html.element("b", css("next"), "Next:");
                html.text(" " + standing.remedy());
            }
        });
    }

    static void stages(HtmlWriter html, List<StageRun> stages) throws IOException {
        if (stages.isEmpty()) {
            return;
        }
        html.element("h5", "Stages");
        html.element("dl", css("stages"), () -> {
            for (StageRun stage : stages) {
                html.element("dt", css(Tone.of(stage.result()).css()), () -> {
                    html.text(stage.stage().toString());
                    html.element("small", stage.result().isPassed() ? " passed" : " not passed");
                });
                html.element("dd", () -> {
                    Sentences words = StageWords.of(stage.result());
                    html.text(words.joined());
                    html.element("small", " " + Times.text(stage.took()));
                    excerpt(html, words);
                });
            }
        });
    }

    static void leftOut(HtmlWriter html, LeftOut left) throws IOException {
        html.text(left.reason() + " ");
        if (left.diagnosis().isPresent()) {
            Sentences words = StageWords.of(left.diagnosis().get());
            html.text(words.joined());
            excerpt(html, words);
        }
    }

    private static void excerpt(HtmlWriter html, Sentences words) throws IOException {
        if (!words.excerpt().isEmpty()) {
            html.element("pre", having("tabindex", "0"), words.excerpt());
        }
    }
}
