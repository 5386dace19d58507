package org.tuxtape.livepatch.sysfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.livepatch.Livepatch;
import org.tuxtape.core.livepatch.Livepatch.PatchedObject;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.PatchedFunction;
import org.tuxtape.core.livepatch.Replacement;
import org.tuxtape.livepatch.sysfs.kernel.KernelAccessException;
import org.tuxtape.livepatch.sysfs.kernel.KernelFiles;
import org.tuxtape.livepatch.sysfs.kernel.MachineState;
import org.tuxtape.livepatch.sysfs.kernel.MachineState.LoadState;
import org.tuxtape.livepatch.sysfs.kernel.MachineState.ModuleState;
import org.tuxtape.livepatch.sysfs.kernel.Taint;

class MachineReadingTest {
    private static final LivepatchName A = new LivepatchName("livepatch_a");
    private static final LivepatchName B = new LivepatchName("livepatch_b");

    @TempDir
    Path root;

    private KernelDirectory kernel;

    @BeforeEach
    void everyKernelHas() {
        kernel = KernelDirectory.in(root);
    }

    private SysfsController controller() {
        return SysfsController.builder(kernel.files()).build();
    }

    @Test
    void a_kernel_without_livepatching_has_none() {
        assertThat(controller().loaded()).isEmpty();
    }

    @Test
    void a_machine_without_sysfs_is_an_exception_that_names_the_directory() {
        SysfsController nowhere = SysfsController.builder(KernelFiles.under(root.resolve("nowhere")))
                .build();

        assertThatThrownBy(nowhere::loaded)
                .isInstanceOfSatisfying(
                        KernelAccessException.class,
                        failure -> assertThat(failure.file()).endsWith("nowhere/sys/kernel"));
    }

    @Test
    void every_attribute_of_a_new_kernel_is_read() {
        kernel.livepatch("livepatch_a", true, false)
                .livepatchAttribute("livepatch_a", "replace", "1")
                .livepatchAttribute("livepatch_a", "stack_order", "1")
                .livepatchAttribute("livepatch_a", "vmlinux/patched", "1")
                .function("livepatch_a", "vmlinux", "cmdline_proc_show,1")
                .livepatchAttribute("livepatch_a", "nf_tables/patched", "0")
                .function("livepatch_a", "nf_tables", "nft_do_chain.isra.0,2");

        assertThat(controller().loaded())
                .containsExactly(new Livepatch(
                        A,
                        true,
                        false,
                        Optional.of(Replacement.REPLACE_ALL),
                        OptionalInt.of(1),
                        List.of(
                                new PatchedObject(
                                        "nf_tables",
                                        Optional.of(false),
                                        functions("nf_tables", "nft_do_chain.isra.0", 2)),
                                new PatchedObject(
                                        "vmlinux", Optional.of(true), functions("vmlinux", "cmdline_proc_show", 1)))));
    }

    private static SortedSet<PatchedFunction> functions(String object, String name, int place) {
        return new TreeSet<>(Set.of(new PatchedFunction(new KernelObject(object), name, place)));
    }

    @Test
    void what_an_old_kernel_does_not_offer_is_empty() {
        kernel.livepatch("livepatch_a", true, true).function("livepatch_a", "vmlinux", "f,1");

        Livepatch read = controller().loaded().get(0);

        assertThat(read.inTransition()).isTrue();
        assertThat(read.replacement()).isEmpty();
        assertThat(read.stackOrder()).isEmpty();
        assertThat(read.objects().get(0).patched()).isEmpty();
    }

    @Test
    void attributes_that_are_not_known_are_passed_over() {
        kernel.livepatch("livepatch_a", true, false)
                .livepatchAttribute("livepatch_a", "of_tomorrow", "42")
                .livepatchAttribute("livepatch_a", "vmlinux/of_tomorrow", "42")
                .function("livepatch_a", "vmlinux", "f,one")
                .function("livepatch_a", "vmlinux", "f,1");

        assertThat(controller().loaded().get(0).objects())
                .singleElement()
                .satisfies(object -> assertThat(object.functions()).hasSize(1));
    }

    @Test
    void a_livepatch_that_is_just_vanishing_is_gone() {
        kernel.directory("sys/kernel/livepatch/livepatch_a/vmlinux").livepatch("livepatch_b", true, false);

        assertThat(controller().loaded()).extracting(Livepatch::name).containsExactly(B);
    }

    @Test
    void a_name_that_no_livepatch_of_ours_could_have_is_passed_over() {
        kernel.livepatch("a.b", true, false).livepatch("livepatch_b", true, false);

        assertThat(controller().loaded()).extracting(Livepatch::name).containsExactly(B);
    }

    @Test
    void the_stack_orders_them_where_it_is_known_and_their_names_elsewhere() {
        kernel.livepatch("livepatch_a", true, false).livepatch("livepatch_b", true, false);
        assertThat(controller().loaded()).extracting(Livepatch::name).containsExactly(A, B);

        kernel.livepatchAttribute("livepatch_a", "stack_order", "2")
                .livepatchAttribute("livepatch_b", "stack_order", "1");
        assertThat(controller().loaded()).extracting(Livepatch::name).containsExactly(B, A);
    }

    @Test
    void the_machine_tells_its_release_taint_and_lockdown() {
        kernel.file("proc/sys/kernel/tainted", "45056\n")
                .file("sys/kernel/security/lockdown", "none [integrity] confidentiality\n");

        MachineState state = controller().machine();

        assertThat(state.release().text()).isEqualTo("6.12.107");
        assertThat(state.taint().letters()).isEqualTo("OEK");
        assertThat(state.lockdown()).contains("integrity");
    }

    @Test
    void lockdown_is_empty_where_the_kernel_has_none() {
        assertThat(controller().machine().lockdown()).isEmpty();
    }

    @Test
    void a_livepatch_module_without_a_livepatch_is_a_leftover() {
        kernel.livepatch("livepatch_b", true, true)
                .module("livepatch_a", "live", 0, "OEK")
                .module("livepatch_b", "live", 1, "OEK")
                .module("livepatch_c", "going", 0, "OEK")
                .module("nf_tables", "live", 3, "")
                .directory("sys/module/kernel_builtin");

        MachineState state = controller().machine();

        assertThat(state.modules())
                .containsExactly(
                        new ModuleState(A, LoadState.LIVE, OptionalInt.of(0), false),
                        new ModuleState(B, LoadState.LIVE, OptionalInt.of(1), true),
                        new ModuleState(new LivepatchName("livepatch_c"), LoadState.GOING, OptionalInt.of(0), false));
        assertThat(state.leftovers()).containsExactly(A);
        assertThat(state.transition()).map(Livepatch::name).contains(B);
    }

    @Test
    void an_interrupted_thread_reads_all_the_same() {
        kernel.livepatch("livepatch_a", true, false);

        Thread.currentThread().interrupt();
        List<Livepatch> loaded = controller().loaded();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(loaded).hasSize(1);
    }

    @Test
    void this_machine_is_read_without_privilege_and_without_fault() {
        SysfsController here = SysfsController.ofThisMachine();

        assertThat(here.loaded()).isNotNull();
        assertThat(here.machine().release().text()).isEqualTo(System.getProperty("os.version"));
    }

    @Test
    void taint_bits_of_tomorrow_are_kept() {
        Taint taint = new Taint(1L << 40 | 1L << 15);

        assertThat(taint.flags()).containsExactly(Taint.Flag.LIVEPATCH);
        assertThat(taint.mask()).isEqualTo(1L << 40 | 1L << 15);
        assertThat(taint.has(Taint.Flag.DIE)).isFalse();
    }

    @Test
    void a_livepatch_that_is_coming_is_on_its_way_in_before_the_kernel_calls_it_enabled() {
        kernel.livepatch("livepatch_a", false, true).module("livepatch_a", "coming", 1, "OK");

        assertThat(controller().loaded())
                .singleElement()
                .matches(livepatch -> livepatch.enabled() && livepatch.inTransition());
    }
}
