package org.tuxtape.kpatch.internal.diagnosis;

import java.util.Optional;
import java.util.function.Function;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.SourcePath;

/**
 * What the names in a tool's output stand for.
 *
 * @param root the path of the tree as the tool sees it, without a slash at the end; possibly empty
 * @param objectOf the kernel object that a compiled file, {@code tcp.o}, goes into; kpatch-build only names these, and by
 *     their last part
 */
public record TreeNames(String root, Function<String, Optional<KernelObject>> objectOf) {

    /**
     * Returns the names of a tree that nothing is known of.
     *
     * @return names that are as they are
     */
    public static TreeNames unknown() {
        return new TreeNames("", unit -> Optional.empty());
    }

    Optional<SourcePath> source(String path) {
        String inside = !root.isEmpty() && path.startsWith(root + "/") ? path.substring(root.length() + 1) : path;
        return SourcePath.tryParse(inside.startsWith("./") ? inside.substring(2) : inside);
    }

    /** What an object file, or a module in its path, is called. */
    static Optional<KernelObject> object(String path) {
        String name = path.replaceFirst("\\.k?o$", "");
        return SourcePath.tryParse(name).filter(valid -> !name.endsWith(".ko")).map(valid -> new KernelObject(name));
    }
}
