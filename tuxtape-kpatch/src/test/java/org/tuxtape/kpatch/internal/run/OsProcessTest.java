package org.tuxtape.kpatch.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class OsProcessTest {
    private static final String REST = " 1 7 7 0 -1 4194560 0 0 0 0 0 0 0 0 20 0 1 0 98765 0 0";

    @Test
    void aProcessMayBeCalledAnything() {
        assertThat(OsProcess.parse("42 (a) R 9 (b) S" + REST + "\n")).contains(new OsProcess(42, 1, 98765));
    }

    @Test
    void aProcessThatOnlyWaitsForItsParentIsNotAlive() {
        assertThat(OsProcess.parse("42 (sleep) Z" + REST)).isEmpty();
    }

    @Property
    void anyTextIsRead(@ForAll String text) {
        assertThatCode(() -> OsProcess.parse(text)).doesNotThrowAnyException();
        assertThatCode(() -> OsProcess.parse("1 (x) S " + text)).doesNotThrowAnyException();
    }

    @Test
    void aMarkerMeansItselfAndWhatIsBelowIt() {
        ProcessMarker marker = ProcessMarker.parse("0123456789abcdef0123456789abcdef");
        assertThat(marker.isIn("A=b\0TUXTAPE_RUN=" + marker.text() + "\0C=d\0")).isTrue();
        assertThat(marker.isIn("TUXTAPE_RUN=" + marker.text() + "/12\0")).isTrue();
        assertThat(ProcessMarker.parse(marker.text() + "/1").isIn("TUXTAPE_RUN=" + marker.text() + "/12\0"))
                .isFalse();
        assertThat(marker.isIn("X_TUXTAPE_RUN=" + marker.text() + "\0")).isFalse();
        assertThat(marker.isIn("A=b\0")).isFalse();
    }

    @Test
    void nothingIsEndedForAMarkerThatIsNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> ProcessMarker.parse(""));
        assertThatIllegalArgumentException().isThrownBy(() -> ProcessMarker.parse("0"));
    }
}
