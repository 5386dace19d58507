/**
 * Distributes livepatches: a signed archive of plain files, published on a build host and read by nodes that trust neither
 * the server nor the way to it.
 *
 * <p>Unless a type says otherwise, parameters and results are never {@code null}.
 *
 * @since 0.1
 */
@org.jspecify.annotations.NullMarked
@SuppressWarnings("requires-automatic") // sigstore-java has no descriptor; its module is called as its file is
module org.tuxtape.archive {
    requires transitive org.tuxtape.core;
    requires static org.jspecify;
    requires com.google.gson;
    requires java.net.http;
    requires org.apache.commons.compress;
    requires org.bouncycastle.provider;
    requires org.slf4j;
    requires sigstore.java;
    // sigstore-java cannot say what it needs, and commons-compress knows zstd only as optional.
    requires com.github.luben.zstd_jni;
    requires com.google.common;

    exports org.tuxtape.archive;
    exports org.tuxtape.archive.rollout;
    exports org.tuxtape.archive.trust;
}
