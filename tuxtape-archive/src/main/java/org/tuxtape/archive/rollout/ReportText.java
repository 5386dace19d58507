package org.tuxtape.archive.rollout;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.tuxtape.core.kernel.KernelIdentity;
import org.tuxtape.core.kernel.KernelRelease;
import org.tuxtape.core.text.Stanza;

/** The text form of a report: one stanza. What a node does not have has no field. */
final class ReportText {
    private static final String FORMAT = "tuxtape-node-report 1";

    private ReportText() {}

    static String write(NodeReport report) {
        Stanza stanza =
                Stanza.empty().with("Format", FORMAT).with("Node", report.node().id());
        if (!report.node().tags().isEmpty()) {
            stanza = stanza.with("Tags", String.join(" ", report.node().tags()));
        }
        stanza = stanza.with("Release", report.kernel().release().text())
                .with("Architecture", report.kernel().architecture())
                .with("Build-Id", report.kernel().buildId());
        stanza = with(stanza, "In-Force", report.inForce().map(PatchRef::toText));
        stanza = with(stanza, "Subject", report.subject().map(PatchRef::toText));
        stanza = stanza.with("State", report.state().name())
                .with("Health", report.health().name());
        return with(stanza, "Error", report.error())
                .with("At", report.at().toString())
                .with("Agent", report.agent())
                .toString();
    }

    private static Stanza with(Stanza stanza, String name, Optional<String> value) {
        return value.map(text -> stanza.with(name, text)).orElse(stanza);
    }

    static NodeReport read(String text) {
        if (text.length() > NodeReport.LONGEST_TEXT) {
            throw new IllegalArgumentException("A report is no longer than " + NodeReport.LONGEST_TEXT + " bytes.");
        }
        Stanza stanza = Stanza.parse(text);
        if (!stanza.required("Format").equals(FORMAT)) {
            throw new IllegalArgumentException(
                    "A report of the form '" + Line.of(stanza.required("Format"), 100) + "' is not known.");
        }
        List<String> tags = stanza.optional("Tags").filter(words -> !words.isBlank()).stream()
                .flatMap(words -> Arrays.stream(words.split(" +", -1)))
                .toList();
        return new NodeReport(
                new Node(stanza.required("Node"), new TreeSet<>(tags)),
                new KernelIdentity(
                        KernelRelease.parse(stanza.required("Release")),
                        stanza.required("Architecture"),
                        stanza.required("Build-Id")),
                stanza.optional("In-Force").map(PatchRef::parse),
                stanza.optional("Subject").map(PatchRef::parse),
                constant(NodeState.values(), stanza.required("State")),
                constant(Health.values(), stanza.required("Health")),
                stanza.optional("Error"),
                Times.instant(stanza.required("At")),
                stanza.required("Agent"));
    }

    private static <E extends Enum<E>> E constant(E[] values, String name) {
        return Arrays.stream(values)
                .filter(value -> value.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Not known: '" + Line.of(name, 100) + "'."));
    }
}
