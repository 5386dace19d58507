import org.jspecify.annotations.NullMarked;

/**
 * Values, contracts and pure decisions of tuxtape: from a kernel CVE to a live patch.
 *
 * <p>Embedders call it, and authors of sources, prioritizers, build profiles, patch builders and livepatch controllers
 * implement its interfaces:
 *
 * <pre>{@code
 * CveCatalog catalog = CveCatalog.of(source);
 * TriageReport report = Triage.of(catalog).with(Prioritizers.standard()).against(profile);
 * report.affected().forEach(finding -> System.out.println(finding.explain()));
 * }</pre>
 *
 * <p>Nothing that is exported to everyone opens a file, a socket or a process, and no type of a third party stands in a
 * signature. Unless a type says otherwise, parameters and results are never {@code null}, values are immutable and may be
 * shared between threads.
 *
 * @since 0.1
 */
@NullMarked
@SuppressWarnings("module") // Those that one package is exported to are compiled after it.
module org.tuxtape.core {
    requires static org.jspecify;
    requires org.slf4j;

    exports org.tuxtape.core;
    exports org.tuxtape.core.cve;
    exports org.tuxtape.core.diff;
    exports org.tuxtape.core.disk to
            org.tuxtape.agent,
            org.tuxtape.archive,
            org.tuxtape.feeds,
            org.tuxtape.kpatch,
            org.tuxtape.mail,
            org.tuxtape.profile,
            org.tuxtape.report;
    exports org.tuxtape.core.elf;
    exports org.tuxtape.core.exploit;
    exports org.tuxtape.core.fix;
    exports org.tuxtape.core.kernel;
    exports org.tuxtape.core.livepatch;
    exports org.tuxtape.core.pipeline;
    exports org.tuxtape.core.profile;
    exports org.tuxtape.core.source;
    exports org.tuxtape.core.text;
    exports org.tuxtape.core.triage;
}
