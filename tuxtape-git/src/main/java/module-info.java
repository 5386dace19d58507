/**
 * Reads git repositories with JGit, for those modules of tuxtape that find announcements, records or fixes in them. It is
 * exported to them alone, is no public API, and changes with any release.
 *
 * <p>Of a repository the objects and branches are read and nothing else: no configuration of repository, user or system.
 * No program is started, and nothing is written. Unless a type says otherwise, parameters and results are never
 * {@code null}.
 *
 * @since 0.1
 */
@org.jspecify.annotations.NullMarked
@SuppressWarnings({
    "requires-automatic", // JGit has a name in its manifest and no descriptor.
    "requires-transitive-automatic",
    "module" // Those that it is exported to are compiled after it.
})
module org.tuxtape.git {
    requires transitive org.eclipse.jgit;
    requires transitive org.tuxtape.core;
    requires static org.jspecify;

    exports org.tuxtape.git to
            org.tuxtape.feeds,
            org.tuxtape.kpatch,
            org.tuxtape.mail;
}
