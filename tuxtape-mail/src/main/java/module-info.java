/**
 * CVE announcements from mail archives: mbox, Maildir, public-inbox, IMAP and POP3, for callers that hold one and want its CVEs:
 *
 * <pre>{@code
 * CveSource source = MboxSource.of(Path.of("linux-cve-announce.mbox.xz"));
 * CveCatalog catalog = CveCatalog.of(source);
 * }</pre>
 *
 * <p>{@link org.tuxtape.mail.notice} sends mail: what of a run the people in charge want to be told of.
 *
 * <p>Unless a type says otherwise, parameters and results are never {@code null}.
 *
 * @since 0.1
 */
@org.jspecify.annotations.NullMarked
@SuppressWarnings("requires-automatic") // JGit has no descriptor of its own.
module org.tuxtape.mail {
    requires transitive org.tuxtape.core;
    requires static org.jspecify;
    requires jakarta.mail;
    requires org.apache.commons.compress;
    requires org.bouncycastle.pg;
    requires org.bouncycastle.provider;
    requires org.eclipse.angus.mail;
    requires org.eclipse.jgit;
    requires org.slf4j;
    requires org.tuxtape.git;
    // commons-compress knows these two only as optional: without a requires of ours they are not
    // resolved on the module path, and xz and zstd archives could not be read there.
    requires com.github.luben.zstd_jni;
    requires org.tukaani.xz;

    exports org.tuxtape.mail;
    exports org.tuxtape.mail.notice;
    exports org.tuxtape.mail.signature;
}
