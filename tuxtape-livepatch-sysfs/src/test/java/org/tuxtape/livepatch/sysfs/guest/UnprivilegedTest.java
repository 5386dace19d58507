package org.tuxtape.livepatch.sysfs.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.tuxtape.core.Context;
import org.tuxtape.livepatch.sysfs.SysfsController;

@Tag("guest")
class UnprivilegedTest {
    private final SysfsController controller = SysfsController.ofThisMachine();

    @AfterEach
    void leavesNothing() {
        Guest.cleanUp();
    }

    @Test
    void anOrdinaryUserReadsEverythingAndIsRefusedEveryChange() {
        controller.load(LabModule.STATEFUL.module(), Guest.PATIENT, Context.standard());
        controller.disable(LabModule.STATEFUL.livepatchName(), Guest.PATIENT, Context.standard());
        controller.load(LabModule.PLAIN.module(), Guest.PATIENT, Context.standard());
        String before = Guest.footprint();

        List<String> said = Guest.run(Guest.java(
                        List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"), OrdinaryUser.class))
                .lines()
                .toList();

        System.out.println(String.join("\n", said));
        assertThat(said)
                .contains(
                        "loaded: tuxtape_plain",
                        "protected: Optional[true]",
                        "fixed: FIXED",
                        "references: 1",
                        "plan: [tuxtape_plain]",
                        "plan errno: EPERM",
                        "plan cause: NOT_PERMITTED",
                        "watch: AlreadySo[]")
                .anyMatch(line -> line.startsWith("taint: ") && line.contains("K"))
                .anyMatch(line -> line.startsWith("load: refused, EPERM, NOT_PERMITTED, "))
                .anyMatch(line -> line.startsWith("disable: refused, EACCES, NOT_PERMITTED, "))
                .anyMatch(line -> line.startsWith("unload of what is disabled: refused, EPERM, NOT_PERMITTED, "));
        assertThat(Guest.footprint()).isEqualTo(before);
    }
}
