import org.jspecify.annotations.NullMarked;

/**
 * What one kernel build contains, read from whatever a team has of it.
 *
 * <p>For embedders that have the tree a kernel was built in, or only a part or a result of that build:
 *
 * <pre>{@code
 * KbuildProfile profile = KbuildTree.read(Path.of("/src/linux"));
 * profile.file(SourcePath.parse("fs/btrfs/super.c"));   // Compiled[objects=[fs/btrfs/btrfs]]
 * }</pre>
 *
 * <p>Nothing is executed and nothing is written: the tree is read as data, and what its files name is never followed
 * out of it.
 *
 * <p>Every profile says how sure it is of "not compiled", by {@link org.tuxtape.profile.KbuildProfile#absence()}.
 *
 * @since 0.1
 */
@NullMarked
module org.tuxtape.profile {
    requires static org.jspecify;
    requires org.apache.commons.compress;
    requires org.slf4j;
    requires tools.jackson.core;
    requires transitive org.tuxtape.core;
    // The decompressors are used by name here, and not through commons-compress, which knows them only as optional.
    requires com.github.luben.zstd_jni;
    requires org.tukaani.xz;

    exports org.tuxtape.profile;
}
