package org.tuxtape.testkit.contract;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.fix.FixLookup;
import org.tuxtape.core.fix.FixSource;
import org.tuxtape.core.kernel.CommitId;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelVersion;

/**
 * What {@link FixSourceContract} tests: a source, and examples of what it holds. Not safe for use by several threads.
 *
 * @since 0.1
 */
public final class FixSourceSubject {

    /** A question, and the branch of the fix that answers it. */
    record Example(Cve cve, KernelBuild kernel, KernelVersion branch) {
        FixLookup ask(FixSource source, Context context) {
            return source.find(cve, kernel, context);
        }
    }

    /** A question, and the commits that answer it. */
    record Series(Example example, List<CommitId> commits) {}

    /** A question of which the fix leads out of the store, and where to. */
    record Hostile(Example example, Path outside) {}

    private final Supplier<? extends FixSource> source;
    private final Given<Example> own = new Given<>("own");
    private final Given<Example> newer = new Given<>("newer");
    private final Given<Example> mainline = new Given<>("mainline");
    private final Given<Series> series = new Given<>("series");
    private final Given<Example> missing = new Given<>("missing");
    private final Given<Supplier<? extends FixSource>> broken = new Given<>("broken");
    private final Given<Hostile> hostile = new Given<>("hostile");

    private FixSourceSubject(Supplier<? extends FixSource> source) {
        this.source = Objects.requireNonNull(source, "source");
    }

    /**
     * Names the source to be tested.
     *
     * @param source makes one that has read nothing yet, of the same store each time
     * @return a subject without examples
     */
    public static FixSourceSubject of(Supplier<? extends FixSource> source) {
        return new FixSourceSubject(source);
    }

    /**
     * Names a CVE of which the store has a fix that was made for the kernel's own branch, and possibly others.
     *
     * @param cve the CVE
     * @param kernel the kernel
     * @return this subject
     */
    public FixSourceSubject own(Cve cve, KernelBuild kernel) {
        own.is(new Example(cve, kernel, kernel.version().branch()));
        return this;
    }

    /**
     * Says why there is no fix of an own branch.
     *
     * @param why one sentence
     * @return this subject
     */
    public FixSourceSubject noOwn(String why) {
        own.isNot(why);
        return this;
    }

    /**
     * Names a CVE of which the store has a fix of at least one newer stable branch, but none of the kernel's own.
     *
     * @param cve the CVE
     * @param kernel the kernel
     * @param branch the nearest of these branches
     * @return this subject
     */
    public FixSourceSubject newer(Cve cve, KernelBuild kernel, KernelVersion branch) {
        newer.is(new Example(cve, kernel, branch.branch()));
        return this;
    }

    /**
     * Says why there is no fix of a newer branch.
     *
     * @param why one sentence
     * @return this subject
     */
    public FixSourceSubject noNewer(String why) {
        newer.isNot(why);
        return this;
    }

    /**
     * Names a CVE of which the store has a fix of mainline and none of another branch that may serve the kernel.
     *
     * @param cve the CVE
     * @param kernel the kernel
     * @param branch the branch of the mainline version that has the fix
     * @return this subject
     */
    public FixSourceSubject mainline(Cve cve, KernelBuild kernel, KernelVersion branch) {
        mainline.is(new Example(cve, kernel, branch.branch()));
        return this;
    }

    /**
     * Says why there is no fix of mainline.
     *
     * @param why one sentence
     * @return this subject
     */
    public FixSourceSubject noMainline(String why) {
        mainline.isNot(why);
        return this;
    }

    /**
     * Names a CVE whose fix has several commits.
     *
     * @param cve the CVE
     * @param kernel the kernel
     * @param commits their ids in the order in which they apply
     * @return this subject
     */
    public FixSourceSubject series(Cve cve, KernelBuild kernel, CommitId... commits) {
        series.is(new Series(new Example(cve, kernel, kernel.version().branch()), List.of(commits)));
        return this;
    }

    /**
     * Says why no fix has several commits.
     *
     * @param why one sentence
     * @return this subject
     */
    public FixSourceSubject noSeries(String why) {
        series.isNot(why);
        return this;
    }

    /**
     * Names a CVE of which the store has no fix, although its record names commits or files.
     *
     * @param cve the CVE
     * @param kernel the kernel
     * @return this subject
     */
    public FixSourceSubject missing(Cve cve, KernelBuild kernel) {
        missing.is(new Example(cve, kernel, kernel.version().branch()));
        return this;
    }

    /**
     * Says why no such CVE is named.
     *
     * @param why one sentence
     * @return this subject
     */
    public FixSourceSubject noMissing(String why) {
        missing.isNot(why);
        return this;
    }

    /**
     * Gives a source whose store cannot be read; it is asked for the other examples.
     *
     * @param brokenSource makes one
     * @return this subject
     */
    public FixSourceSubject broken(Supplier<? extends FixSource> brokenSource) {
        broken.is(brokenSource);
        return this;
    }

    /**
     * Says why no store can be broken.
     *
     * @param why one sentence
     * @return this subject
     */
    public FixSourceSubject noBroken(String why) {
        broken.isNot(why);
        return this;
    }

    /**
     * Names a CVE whose fix, as the store holds it, has paths that lead out of the store into a directory.
     *
     * @param cve the CVE
     * @param kernel the kernel
     * @param outside the directory; it has at least one file, whose content is found nowhere else
     * @return this subject
     */
    public FixSourceSubject hostile(Cve cve, KernelBuild kernel, Path outside) {
        hostile.is(new Hostile(new Example(cve, kernel, kernel.version().branch()), outside));
        return this;
    }

    /**
     * Says why no fix leads out of the store.
     *
     * @param why one sentence
     * @return this subject
     */
    public FixSourceSubject noHostile(String why) {
        hostile.isNot(why);
        return this;
    }

    FixSource source() {
        return source.get();
    }

    Example ownOrAbort() {
        return own.orAbort("FX-1 is not checked for the kernel's own branch");
    }

    Example newerOrAbort() {
        return newer.orAbort("FX-1 is not checked for a newer branch");
    }

    Example mainlineOrAbort() {
        return mainline.orAbort("FX-1 is not checked for mainline");
    }

    Series seriesOrAbort() {
        return series.orAbort("FX-2 is not checked for several commits");
    }

    Example missingOrAbort() {
        return missing.orAbort("FX-3 is not checked for a fix that the store does not have");
    }

    FixSource brokenOrAbort(String rule) {
        return broken.orAbort(rule + " is not checked for a broken store").get();
    }

    Hostile hostileOrAbort() {
        return hostile.orAbort("FX-4 is not checked for paths that lead out");
    }

    /** Returns every question that the subject names. */
    List<Example> examples() {
        List<Example> examples = new ArrayList<>();
        List.of(own, newer, mainline, missing).forEach(given -> given.ifGiven(examples::add));
        series.ifGiven(given -> examples.add(given.example()));
        hostile.ifGiven(given -> examples.add(given.example()));
        return examples;
    }
}
