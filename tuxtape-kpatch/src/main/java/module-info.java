/**
 * From the fix commits of a CVE to a livepatch module, for callers that have a kernel's source, its build and one of the
 * tools kpatch-build and klp-build.
 *
 * <p>Unless a type says otherwise, parameters and results are never {@code null}.
 *
 * @since 0.1
 */
@org.jspecify.annotations.NullMarked
@SuppressWarnings("requires-automatic") // jgit has a name in its manifest and no descriptor
module org.tuxtape.kpatch {
    requires transitive org.tuxtape.core;
    requires static org.jspecify;
    requires org.apache.commons.compress;
    requires org.eclipse.jgit;
    requires org.slf4j;
    requires org.tuxtape.git;
    // commons-compress knows these two only as optional: without a requires of ours they are not
    // resolved on the module path, and xz and zstd archives could not be read there.
    requires com.github.luben.zstd_jni;
    requires org.tukaani.xz;

    exports org.tuxtape.kpatch;
    exports org.tuxtape.kpatch.compose;
    exports org.tuxtape.kpatch.fix;
    exports org.tuxtape.kpatch.lint;
    exports org.tuxtape.kpatch.source;
    exports org.tuxtape.kpatch.store;
    exports org.tuxtape.kpatch.tree;
}
