package org.tuxtape.testkit.contract;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.tuxtape.core.kernel.ConfigSymbol;
import org.tuxtape.core.kernel.SourcePath;

/** Names that the types allow and that nobody expects. */
final class Oddities {
    private static final int LONGEST_PATH = 4096;
    private static final int LONGEST_SYMBOL = 128;
    // Half of a pair: text that no charset can write.
    private static final String LONE_SURROGATE = "\ud800";

    private Oddities() {}

    static List<SourcePath> paths() {
        return Stream.of(
                        "a",
                        "...",
                        "-rf",
                        "~",
                        "~root/x.c",
                        "C:/x.c",
                        ".git/config",
                        "arch",
                        "%00%2e%2e.c",
                        "$(id).c",
                        "`id`.c",
                        "'\".c",
                        "*",
                        "[a-",
                        "{a,b}/**/?.c",
                        " a / b .c ",
                        "na\u00efve.c",
                        "\ud83d\ude00/\u202e.c",
                        "\u0085.c",
                        LONE_SURROGATE + ".c",
                        "a/".repeat(LONGEST_PATH / 2 - 1) + "a",
                        "a".repeat(LONGEST_PATH))
                .flatMap(text -> SourcePath.tryParse(text).stream())
                .toList();
    }

    static List<String> functions() {
        return Arrays.asList(
                "",
                " ",
                "f.constprop.0",
                "operator()",
                "%s%n",
                "\0",
                "\n",
                "na\u00efve",
                LONE_SURROGATE,
                "f".repeat(100_000));
    }

    static List<ConfigSymbol> symbols() {
        return Stream.of("_", "0", "y", "CONFIG_", "TUXTAPE_NO_SUCH_OPTION", "A".repeat(LONGEST_SYMBOL))
                .map(ConfigSymbol::new)
                .toList();
    }
}
