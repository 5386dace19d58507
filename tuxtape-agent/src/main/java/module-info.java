/**
 * Keeps a machine on its ring: looks what the archive offers to exactly its kernel, tries it, takes it back if it does
 * harm or was withdrawn, and reports.
 *
 * <p>Unless a type says otherwise, parameters and results are never {@code null}.
 *
 * @since 0.1
 */
@org.jspecify.annotations.NullMarked
module org.tuxtape.agent {
    requires transitive org.tuxtape.core;
    requires transitive org.tuxtape.archive;
    requires transitive org.tuxtape.livepatch.sysfs;
    requires static org.jspecify;

    exports org.tuxtape.agent;
}
