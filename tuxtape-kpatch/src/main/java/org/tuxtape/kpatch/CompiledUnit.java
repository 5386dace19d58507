package org.tuxtape.kpatch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.SourcePath;

/**
 * A C file that make has compiled by itself, as its {@code .cmd} file tells.
 *
 * @param target what make calls it, {@code net/core/sock.o}
 * @param object what it was linked into
 */
record CompiledUnit(String target, KernelObject object) {
    /** The path of the module, or of what would be the module if it were none. Quoted for the shell and for C. */
    private static final Pattern MODULE_FILE = Pattern.compile("-DKBUILD_MODFILE='\"([^\"']+)\"'");

    /** Finds the unit of a file; empty for a header, and for a file that is not compiled or part of another unit. */
    static Optional<CompiledUnit> of(Path tree, SourcePath file) {
        if (!file.text().endsWith(".c")) {
            return Optional.empty();
        }
        String target = file.text().substring(0, file.text().length() - 1) + "o";
        Path product = tree.resolve(target);
        try {
            String command = Files.readString(
                    product.resolveSibling("." + product.getFileName() + ".cmd"), StandardCharsets.ISO_8859_1);
            return Files.isRegularFile(product)
                    ? Optional.of(new CompiledUnit(target, object(command)))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // make has not compiled it by itself
        }
    }

    private static KernelObject object(String command) {
        Matcher module = MODULE_FILE.matcher(command);
        return command.contains(" -DMODULE ") && module.find()
                ? KernelObject.module(module.group(1))
                : KernelObject.VMLINUX;
    }

    /** Finds the units of files; empty if there is one that is no unit. */
    static Optional<List<CompiledUnit>> ofAll(Path tree, Collection<SourcePath> files) {
        List<CompiledUnit> units = files.stream()
                .map(file -> of(tree, file))
                .flatMap(Optional::stream)
                .toList();
        return units.size() == files.size() ? Optional.of(units) : Optional.empty();
    }

    /** The last part of the target, by which kpatch-build names it. */
    String name() {
        return target.substring(target.lastIndexOf('/') + 1);
    }
}
