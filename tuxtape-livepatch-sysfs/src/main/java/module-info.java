/**
 * The livepatches of a running kernel, through {@code /sys/kernel/livepatch}: what is loaded and what it fixes, what a
 * load would do, the load itself, its transition, its trial, and the way back.
 *
 * <p>Unless a type says otherwise, parameters and results are never {@code null}.
 *
 * @since 0.1
 */
@org.jspecify.annotations.NullMarked
module org.tuxtape.livepatch.sysfs {
    requires transitive org.tuxtape.core;
    requires static org.jspecify;
    requires com.sun.jna;
    requires org.slf4j;

    exports org.tuxtape.livepatch.sysfs;
    exports org.tuxtape.livepatch.sysfs.kernel;
    exports org.tuxtape.livepatch.sysfs.loading;
    exports org.tuxtape.livepatch.sysfs.log;
    exports org.tuxtape.livepatch.sysfs.transition;
    exports org.tuxtape.livepatch.sysfs.trial;
}
