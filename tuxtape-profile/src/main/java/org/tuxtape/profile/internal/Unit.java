package org.tuxtape.profile.internal;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.SourcePath;

/**
 * A source file that was compiled for the kernel.
 *
 * @param path the file
 * @param kernel which of vmlinux and the modules hold its code
 * @param elsewhere what else holds its code, such as the vdso; at least one of both sets is not empty
 * @param constants whether it was only compiled to assembly, from which the build takes constants for a header
 */
public record Unit(
        SourcePath path, SortedSet<KernelObject> kernel, SortedSet<KernelObject> elsewhere, boolean constants)
        implements Comparable<Unit> {
    /** Takes the sets, which nobody changes any more. */
    public Unit {
        kernel = Collections.unmodifiableSortedSet(kernel);
        elsewhere = Collections.unmodifiableSortedSet(elsewhere);
    }

    /** Returns what one source became in all, where it was compiled several times. */
    static Unit merge(Unit one, Unit other) {
        return new Unit(
                one.path(),
                union(one.kernel(), other.kernel()),
                union(one.elsewhere(), other.elsewhere()),
                one.constants() && other.constants());
    }

    SortedSet<KernelObject> objects() {
        return union(kernel, elsewhere);
    }

    private static SortedSet<KernelObject> union(SortedSet<KernelObject> one, SortedSet<KernelObject> other) {
        if (other.isEmpty()) {
            return one;
        }
        SortedSet<KernelObject> all = new TreeSet<>(one);
        all.addAll(other);
        return all;
    }

    @Override
    public int compareTo(Unit other) {
        return path.compareTo(other.path);
    }
}
