package org.tuxtape.kpatch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
    /** The module's name with {@code _}, quoted for the shell and for C. Its path stands there for built-in code only. */
    private static final Pattern MODULE_NAME = Pattern.compile(" -DMODULE .*-DKBUILD_MODNAME='\"([^\"']+)\"'");

    /**
     * Finds the unit of a file; empty for a header, and for a file that is not compiled or part of another unit. The product
     * may be gone: of a compile that was killed nothing is left but how it was done before.
     */
    static Optional<CompiledUnit> of(Path tree, SourcePath file) {
        if (!file.text().endsWith(".c")) {
            return Optional.empty();
        }
        String target = file.text().substring(0, file.text().length() - 1) + "o";
        Path product = tree.resolve(target);
        try {
            String command = Files.readString(
                    product.resolveSibling("." + product.getFileName() + ".cmd"), StandardCharsets.ISO_8859_1);
            return Optional.of(new CompiledUnit(target, object(tree, product, command)));
        } catch (IOException e) {
            return Optional.empty(); // make has not compiled it by itself
        }
    }

    /**
     * Finds the units of the same folder that include a C file; those of other folders are not looked for. None for a
     * header, and where the folder cannot be read.
     */
    static List<CompiledUnit> including(Path tree, SourcePath file) {
        if (!file.text().endsWith(".c")) {
            return List.of();
        }
        List<CompiledUnit> units = new ArrayList<>();
        String dependency = "\n  " + file.text() + " \\";
        Path folder = tree.resolve(file.text()).resolveSibling("");
        try (DirectoryStream<Path> commands = Files.newDirectoryStream(folder, ".*.o.cmd")) {
            for (Path path : commands) {
                String command = Files.readString(path, StandardCharsets.ISO_8859_1);
                if (command.contains(dependency)) {
                    Path product =
                            path.resolveSibling(path.getFileName().toString().replaceFirst("^\\.(.*)\\.cmd$", "$1"));
                    units.add(new CompiledUnit(tree.relativize(product).toString(), object(tree, product, command)));
                }
            }
            return List.copyOf(units);
        } catch (IOException | DirectoryIteratorException e) {
            return List.of();
        }
    }

    private static KernelObject object(Path tree, Path product, String command) throws IOException {
        Matcher module = MODULE_NAME.matcher(command);
        return module.find() ? KernelObject.module(modulePath(tree, product, module.group(1))) : KernelObject.VMLINUX;
    }

    /** Looks for the list of the module's objects, which lies beside the module: here or farther up. */
    private static String modulePath(Path tree, Path product, String name) throws IOException {
        for (Path folder = product.getParent(); folder != null && !folder.equals(tree); folder = folder.getParent()) {
            try (DirectoryStream<Path> lists = Files.newDirectoryStream(folder, "*.mod")) {
                for (Path list : lists) {
                    String path = tree.relativize(list).toString().replaceFirst("\\.mod$", "");
                    if (path.substring(path.lastIndexOf('/') + 1)
                            .replace('-', '_')
                            .equals(name)) {
                        return path;
                    }
                }
            }
        }
        return name;
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
