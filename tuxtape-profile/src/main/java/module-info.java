import org.jspecify.annotations.NullMarked;

/**
 * What one kernel build contains, read from its build tree.
 *
 * <p>For embedders that have the tree a kernel was built in, or a copy of it:
 *
 * <pre>{@code
 * KbuildProfile profile = KbuildTree.read(Path.of("/src/linux"));
 * profile.file(SourcePath.parse("fs/btrfs/super.c"));   // Compiled[objects=[fs/btrfs/btrfs]]
 * }</pre>
 *
 * <p>Nothing is executed and nothing is written: the tree is read as data, and what its files name is never followed
 * out of it.
 *
 * @since 0.1
 */
@NullMarked
module org.tuxtape.profile {
    requires static org.jspecify;
    requires org.slf4j;
    requires transitive org.tuxtape.core;

    exports org.tuxtape.profile;
}
