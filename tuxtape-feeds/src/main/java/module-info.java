/**
 * CVE records of the Linux kernel, for callers that hold the kernel CNA's tree and want its CVEs:
 *
 * <pre>{@code
 * CveSource source = CnaTree.of(Path.of("vulns.tar.xz"));
 * CveCatalog catalog = CveCatalog.of(source);
 * }</pre>
 *
 * <p>Unless a type says otherwise, parameters and results are never {@code null}.
 *
 * @since 0.1
 */
@org.jspecify.annotations.NullMarked
@SuppressWarnings(
        "requires-automatic") // Neither JGit nor cvss.calculator, whose name is that of its file, has a descriptor.
module org.tuxtape.feeds {
    requires transitive org.tuxtape.core;
    requires static org.jspecify;
    requires java.net.http;
    requires org.apache.commons.compress;
    requires org.eclipse.jgit;
    requires org.slf4j;
    requires org.tuxtape.git;
    requires tools.jackson.databind;
    // The decompressors are used by name here, and not through commons-compress, which knows them only as optional.
    requires com.github.luben.zstd_jni;
    requires org.tukaani.xz;
    requires cvss.calculator;

    exports org.tuxtape.feeds;
    exports org.tuxtape.feeds.cvss;
    exports org.tuxtape.feeds.vex;
}
