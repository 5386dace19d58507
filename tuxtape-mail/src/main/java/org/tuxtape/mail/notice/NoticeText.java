package org.tuxtape.mail.notice;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.tuxtape.core.pipeline.Notice;
import org.tuxtape.core.pipeline.Notice.Kind;

/**
 * What a mail says of some notices.
 *
 * @param notices at least one
 */
record NoticeText(List<Notice> notices) {
    private static final int WIDTH = 76;
    private static final int LONGEST_WORD = 800;
    /** Of each kind; a first run over a large fleet has thousands. */
    private static final int MOST = 200;

    String subject() {
        String counts = byKind().entrySet().stream()
                .map(kind -> kind.getValue().size() + " " + word(kind.getKey()))
                .collect(Collectors.joining(", "));
        List<String> kernels = notices.stream().map(Notice::kernel).distinct().toList();
        return "[tuxtape] " + counts + " on " + (kernels.size() == 1 ? kernels.get(0) : kernels.size() + " kernels");
    }

    String identity() {
        return notices.stream().map(Notice::key).sorted().collect(Collectors.joining("\n"));
    }

    /** Returns the text: each kind with its notices, then what else is to be said. */
    String body(List<String> remarks) {
        StringBuilder text = new StringBuilder();
        byKind().forEach((kind, some) -> {
            text.append(heading(kind)).append("\n\n");
            some.stream().limit(MOST).forEach(notice -> paragraph(text, "* ", notice.text()));
            if (some.size() > MOST) {
                paragraph(text, "* ", "and " + (some.size() - MOST) + " more.");
            }
            text.append('\n');
        });
        remarks.forEach(remark -> paragraph(text, "", remark));
        paragraph(text, "", "You are told of each of these once.");
        return text.toString();
    }

    private SortedMap<Kind, List<Notice>> byKind() {
        return notices.stream().collect(Collectors.groupingBy(Notice::kind, TreeMap::new, Collectors.toList()));
    }

    private static String word(Kind kind) {
        return switch (kind) {
            case APPLIES -> "urgent";
            case CANNOT_BUILD -> "cannot be built";
            case TURNED_DOWN -> "turned down";
        };
    }

    private static String heading(Kind kind) {
        return switch (kind) {
            case APPLIES -> "Urgent CVEs that apply";
            case CANNOT_BUILD -> "No livepatch can be built";
            case TURNED_DOWN -> "Livepatches that the kernel turned down";
        };
    }

    private static void paragraph(StringBuilder text, String bullet, String words) {
        String indent = " ".repeat(bullet.length());
        StringBuilder line = new StringBuilder(bullet);
        for (String word : words.split(" +", -1)) {
            String part = word.length() > LONGEST_WORD ? word.substring(0, LONGEST_WORD) + "..." : word;
            if (line.length() > indent.length() && line.length() + 1 + part.length() > WIDTH) {
                text.append(line.toString().stripTrailing()).append('\n');
                line = new StringBuilder(indent);
            }
            line.append(line.length() > indent.length() ? " " : "").append(part);
        }
        text.append(line).append('\n');
    }
}
