import org.jspecify.annotations.NullMarked;

/** Runnable examples of tuxtape, each a thin and readable use of its interfaces. */
@NullMarked
module org.tuxtape.examples {
    requires info.picocli;
    requires me.tongfei.progressbar;
    requires static org.jspecify;
    requires org.tuxtape.agent;
    requires org.tuxtape.archive;
    requires org.tuxtape.core;
    requires org.tuxtape.feeds;
    requires org.tuxtape.kpatch;
    requires org.tuxtape.livepatch.sysfs;
    requires org.tuxtape.mail;
    requires org.tuxtape.profile;
    requires org.tuxtape.report;
    requires tools.jackson.databind;

    // picocli sets the annotated fields of the commands.
    opens org.tuxtape.examples to
            info.picocli;
    opens org.tuxtape.examples.build to
            info.picocli;
    opens org.tuxtape.examples.distribution to
            info.picocli;
    opens org.tuxtape.examples.livepatch to
            info.picocli;
}
