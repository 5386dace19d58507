package org.tuxtape.core.livepatch;

import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import org.tuxtape.core.internal.Sorted;

/**
 * What a kernel module's file says of itself.
 *
 * @param name the module, as the kernel will call it
 * @param vermagic its version magic without white space around it; empty if it has none, then it is loaded by force only
 * @param livepatch whether it is marked as a livepatch
 * @param maker the tool that made it, as far as its sections show it
 * @param depends the modules that it says it needs
 * @param srcversion the digest of its sources; empty if its kernel's build wrote none
 * @param buildId the linker's build id, lower-case hexadecimal digits; empty if there is none
 * @param signed whether a signature is appended to it; nothing is said of the signature's worth
 * @param machine the architecture as {@code uname -m} has it ({@code x86_64}, {@code aarch64}, {@code ppc64le}), with
 *     {@code i386} and {@code arm} for their families; {@code machine 123} for one without a name here
 * @param undefined the symbols that others have to export, without those that may be missing
 * @param functions what it patches; empty if the file does not tell, as that of a hand-written livepatch does not
 * @param relocations unexported symbols that it reaches into, by the object at whose loading they are looked for;
 *     {@code vmlinux} stands for the load of the livepatch itself
 * @see <a href="https://docs.kernel.org/livepatch/module-elf-format.html">Livepatch module ELF format</a>
 * @since 0.1
 */
public record ModuleFile(
        String name,
        Optional<String> vermagic,
        boolean livepatch,
        Maker maker,
        List<String> depends,
        Optional<String> srcversion,
        Optional<String> buildId,
        boolean signed,
        String machine,
        SortedSet<String> undefined,
        Optional<SortedSet<PatchedFunction>> functions,
        SortedMap<String, SortedSet<KernelSymbol>> relocations) {

    /**
     * The most bytes of a module that is read, stored, published or loaded: 64 MiB. A patch of 100 and more real fixes is far
     * below it without its debug information.
     */
    public static final int LARGEST = 64 << 20;

    /** Copies the collections. */
    public ModuleFile {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(vermagic, "vermagic");
        Objects.requireNonNull(maker, "maker");
        Objects.requireNonNull(srcversion, "srcversion");
        Objects.requireNonNull(buildId, "buildId");
        Objects.requireNonNull(machine, "machine");
        depends = List.copyOf(depends);
        undefined = Sorted.set(undefined);
        functions = functions.map(Sorted::set);
        relocations = Sorted.map(relocations);
    }

    /** Who makes livepatch modules. Later major versions may add some. */
    public enum Maker {
        /** kpatch-build: it leaves a list of functions in {@code .kpatch.funcs}. */
        KPATCH_BUILD("kpatch-build"),
        /** klp-build, of Linux 6.19 and later: it leaves one in {@code .init.klp_objects}. */
        KLP_BUILD("klp-build"),
        /** Another tool, a person, or this is no livepatch at all. */
        UNKNOWN("unknown");

        private final String text;

        Maker(String text) {
            this.text = text;
        }

        /**
         * Returns the tool's own name.
         *
         * @return the name, {@code unknown} for {@link #UNKNOWN}
         */
        public String text() {
            return text;
        }
    }

    /**
     * A symbol of the running kernel, exported or not.
     *
     * @param object where it lies, as the running kernel calls it: {@code vmlinux} or a module
     * @param name its name
     * @param position its place among the symbols of this name in the object, from 1; 0 if the name is unique
     */
    public record KernelSymbol(String object, String name, int position) implements Comparable<KernelSymbol> {
        private static final Comparator<KernelSymbol> ORDER = Comparator.comparing(KernelSymbol::object)
                .thenComparing(KernelSymbol::name)
                .thenComparingInt(KernelSymbol::position);

        /** Rejects a place below zero. */
        public KernelSymbol {
            Objects.requireNonNull(object, "object");
            Objects.requireNonNull(name, "name");
            if (position < 0) {
                throw new IllegalArgumentException("Not a place among symbols: " + position + ".");
            }
        }

        @Override
        public int compareTo(KernelSymbol other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * Reads a module.
     *
     * @param content the whole file, from the buffer's position to its limit; neither is moved
     * @return what it says
     * @throws IllegalArgumentException if it is no kernel module, or a damaged or compressed one; the message is one
     *     sentence whose subject is "it"
     */
    public static ModuleFile parse(ByteBuffer content) {
        return new ModuleFileReader(content).read();
    }

    /**
     * Compares what the module says of itself with what its manifest says of it; the digest is not compared.
     *
     * @param manifest the manifest
     * @return what the manifest gets wrong, as one sentence; empty if it tells the truth
     */
    public Optional<String> contradiction(Manifest manifest) {
        String magic = vermagic.orElse("");
        if (!livepatch) {
            return Optional.of("The module is not marked as a livepatch.");
        }
        if (!name.equals(manifest.name().text())) {
            return Optional.of("The module is called " + name + ", not " + manifest.name() + ".");
        }
        if (!magic.equals(manifest.vermagic())) {
            return Optional.of("The module has the vermagic '" + magic + "', not '" + manifest.vermagic() + "'.");
        }
        if (!(magic + " ").startsWith(manifest.release() + " ")) {
            return Optional.of("The vermagic '" + magic + "' is not of the release " + manifest.release() + ".");
        }
        return functions
                .filter(found -> !found.equals(manifest.functions()))
                .map(found -> "The module patches " + found + ", not " + manifest.functions() + ".");
    }
}
