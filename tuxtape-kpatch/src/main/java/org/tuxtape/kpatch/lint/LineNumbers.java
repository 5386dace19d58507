package org.tuxtape.kpatch.lint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.tuxtape.core.source.CDefinition;
import org.tuxtape.core.source.CToken;

/** Functions that do not change, but stand on other lines, and have their line in their code. */
final class LineNumbers {
    /** Macros that hand on the number of their line, other than those that both tools know. */
    private static final Set<String> MACROS = Set.of(
            "__LINE__",
            "ASSERT",
            "J_ASSERT",
            "ext4_error",
            "ext4_error_inode",
            "EXT4_ERROR_INODE",
            "EXT4_ERROR_FILE",
            "ext4_warning",
            "ext4_std_error",
            "ext4_journal_start",
            "ext4_journal_get_write_access",
            "ext4_handle_dirty_metadata",
            "btrfs_abort_transaction",
            "btrfs_handle_fs_error",
            "XFS_IS_CORRUPT",
            "XFS_CORRUPTION_ERROR",
            "f2fs_bug_on");

    private LineNumbers() {}

    static void check(PatchedFile file, Findings findings) {
        List<String> moved = new ArrayList<>();
        file.after().parts().forEach((key, tokens) -> {
            Integer line = file.before().firstLines().get(key);
            if (key.kind().equals(Optional.of(CDefinition.Kind.FUNCTION))
                    && line != null
                    && line != tokens.get(0).line()
                    && tokens.stream().map(CToken::text).anyMatch(MACROS::contains)
                    && ChangedPart.texts(file.before().tokens(key)).equals(ChangedPart.texts(tokens))) {
                moved.add(key.name());
            }
        });
        if (!moved.isEmpty()) {
            findings.add(
                    LintRule.LINE_NUMBERS,
                    LintVerdict.LIKELY,
                    OptionalInt.empty(),
                    Optional.of(moved.get(0)),
                    moved.size() + " functions may count as changed.");
        }
    }
}
