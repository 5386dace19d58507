package org.tuxtape.core.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.SourcePath;

class FilePresenceTest {
    private static final KernelObject MODULE = KernelObject.module("fs/btrfs/btrfs");

    private final SortedSet<KernelObject> objects = new TreeSet<>();
    private final SortedSet<SourcePath> units = new TreeSet<>();

    @Test
    void whatIsCompiledIsSoIntoAnObject() {
        assertThatIllegalArgumentException().isThrownBy(() -> new FilePresence.Compiled(objects));
    }

    @Test
    void whatIsIncludedIsSoByAUnitOfAnObject() {
        assertThatIllegalArgumentException().isThrownBy(() -> new FilePresence.Included(units, objects));
        objects.add(MODULE);
        assertThatIllegalArgumentException().isThrownBy(() -> new FilePresence.Included(units, objects));
        objects.clear();
        units.add(SourcePath.parse("fs/btrfs/inode.c"));
        assertThatIllegalArgumentException().isThrownBy(() -> new FilePresence.Included(units, objects));
    }

    @Test
    void aFunctionThatIsPresentIsSoInAnObject() {
        assertThatIllegalArgumentException().isThrownBy(() -> new FunctionPresence.Present(objects));
    }

    @Test
    void setsAreCopiedAndCannotBeChanged() {
        objects.add(MODULE);
        units.add(SourcePath.parse("fs/btrfs/inode.c"));
        FilePresence.Compiled compiled = new FilePresence.Compiled(objects);
        FilePresence.Included included = new FilePresence.Included(units, objects);
        FunctionPresence.Present present = new FunctionPresence.Present(objects);

        objects.clear();
        units.clear();

        assertThat(compiled.objects()).containsExactly(MODULE);
        assertThat(included.objects()).containsExactly(MODULE);
        assertThat(included.units()).hasSize(1);
        assertThat(present.objects()).containsExactly(MODULE);
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> compiled.objects().clear());
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> included.units().clear());
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> present.objects().clear());
    }

    @Test
    void theKernelImageComesFirst() {
        objects.add(MODULE);
        objects.add(KernelObject.VMLINUX);

        assertThat(new FilePresence.Compiled(objects).objects()).containsExactly(KernelObject.VMLINUX, MODULE);
    }

    @Test
    void whatIsAbsentOrUnknownSaysWhy() {
        assertThat(new FilePresence.Absent("Left out.").reason()).isEqualTo("Left out.");
        assertThatNullPointerException().isThrownBy(() -> new FilePresence.Absent(null));
        assertThatNullPointerException().isThrownBy(() -> new FilePresence.Unknown(null));
        assertThatNullPointerException().isThrownBy(() -> new FunctionPresence.Unknown(null));
    }
}
