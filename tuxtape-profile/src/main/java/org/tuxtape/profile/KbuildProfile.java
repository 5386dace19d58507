package org.tuxtape.profile;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import org.tuxtape.core.kernel.ConfigSymbol;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.profile.BuildProfile;
import org.tuxtape.core.profile.ConfigValue;
import org.tuxtape.core.profile.FilePresence;
import org.tuxtape.core.profile.FunctionPresence;
import org.tuxtape.profile.internal.Contents;
import org.tuxtape.profile.internal.FileIndex;
import org.tuxtape.profile.internal.FunctionIndex;

/**
 * What a kernel build contains, as its build tree records it, or as well as another origin tells it. Made by
 * {@link KbuildTree} and its siblings; immutable, and usable by several threads. It keeps what it read: the origin may
 * change or go away afterwards. {@link #absence()} says how sure it is of "not compiled".
 *
 * <p><b>Files.</b> A file is <i>compiled</i> if the build made an object from it that is linked into vmlinux, a module
 * or an image of its own, and <i>included</i> if such units read it. It is <i>absent</i> only if it lies in the source
 * that the kernel was built from, is of a kind that leaves a record when it is used, and {@link #isComplete()}. Of
 * everything else the presence is <i>unknown</i>: makefiles, Kconfig, device trees, inputs of generators, the programs
 * that build the kernel, object files that nothing was linked from, and paths that this source does not have.
 *
 * <p><b>Objects.</b> Code that ends in neither vmlinux nor a module has the file that the linker made for an object,
 * for example {@code arch/x86/entry/vdso/vdso64.so.dbg} or {@code arch/x86/boot/compressed/vmlinux}; a unit that is
 * only compiled to assembly, for the constants of a header, has that: {@code kernel/bounds.s}. In a build that did not
 * finish, a unit that was not linked yet has its own object file.
 *
 * <p><b>Functions.</b> Those of vmlinux are known if the tree has its {@code System.map}; those of modules are not.
 *
 * @since 0.1
 */
public final class KbuildProfile implements BuildProfile {
    private final Contents contents;
    private final FileIndex files;
    private final FunctionIndex functions;
    private final SortedMap<SourcePath, SortedSet<KernelObject>> units;
    private final SortedMap<SourcePath, SortedSet<KernelObject>> otherUnits;

    KbuildProfile(Contents contents) {
        this.contents = contents;
        this.files = new FileIndex(contents);
        this.functions = new FunctionIndex(contents.symbols());
        this.units = contents.kernelUnits();
        this.otherUnits = contents.otherUnits();
    }

    @Override
    public KernelBuild kernel() {
        return contents.kernel();
    }

    @Override
    public String provenance() {
        return contents.origin() + ", " + units.size() + " units" + (isComplete() ? "" : ", incomplete");
    }

    /**
     * Lists the kernel's units: every source file that was compiled into vmlinux or a module, {@code .c}, {@code .S}
     * and {@code .rs}, generated ones too. Host programs are left out, and so are the tables that are written while
     * linking ({@code *.mod.c}).
     *
     * @return per unit the objects that hold its code; never empty
     */
    public SortedMap<SourcePath, SortedSet<KernelObject>> units() {
        return units;
    }

    /**
     * Lists what else was compiled for the kernel: the units of images of their own, such as the vdso and the
     * decompressor, and those that become constants of a header. In a build that did not finish, also what was not
     * linked yet. A file may be here and among {@link #units()}.
     *
     * @return per unit what it ended in; possibly empty
     */
    public SortedMap<SourcePath, SortedSet<KernelObject>> otherUnits() {
        return otherUnits;
    }

    /**
     * Lists the objects that are known to exist: vmlinux and modules, also those of which no unit is known.
     *
     * @return possibly empty; a module that is not here may exist all the same if the profile is not complete
     */
    public SortedSet<KernelObject> objects() {
        return contents.objects();
    }

    /**
     * Tells whether the build was finished and can be seen whole: vmlinux is linked, the modules are listed, and all
     * that both are made of has its {@code .cmd} file. Only then can a file be {@link FilePresence.Absent}, but for
     * documentation.
     *
     * @return {@code false} if {@link #notes()} says what is missing
     */
    public boolean isComplete() {
        return contents.whyUnfinished().isEmpty();
    }

    /**
     * Returns the directory of the source, if it could be reached when the tree was read: the tree itself, or for a
     * build with {@code O=} another one. Without it no file can be {@link FilePresence.Absent}.
     *
     * @return an absolute path, or empty
     */
    public Optional<Path> sourceDirectory() {
        return contents.source().directory();
    }

    /**
     * Tells what is unknown or surprising about the tree.
     *
     * @return sentences for people; possibly empty
     */
    public List<String> notes() {
        return contents.notes();
    }

    @Override
    public FilePresence file(SourcePath path) {
        return files.presence(Objects.requireNonNull(path, "path"));
    }

    @Override
    public FunctionPresence function(String name, SourcePath file) {
        Objects.requireNonNull(name, "name");
        return functions.presence(name, file(file));
    }

    @Override
    public Optional<ConfigValue> option(ConfigSymbol symbol) {
        Objects.requireNonNull(symbol, "symbol");
        return contents.config().map(config -> config.value(symbol));
    }

    /**
     * Tells of which kinds of files this profile can say that they were not compiled: how sure it is of "absent".
     *
     * @return the basis; {@link AbsenceBasis#NONE} if nothing can be absent but documentation
     */
    public AbsenceBasis absence() {
        return AbsenceBasis.of(contents);
    }

    Contents contents() {
        return contents;
    }

    @Override
    public String toString() {
        return provenance();
    }
}
