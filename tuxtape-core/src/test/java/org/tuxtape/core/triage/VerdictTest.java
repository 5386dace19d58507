package org.tuxtape.core.triage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.profile.FilePresence;

class VerdictTest {
    private static final Evidence.Files LEFT_OUT = files(new FilePresence.Absent("Its option is off."));
    private static final Evidence.Files NOT_KNOWN = files(new FilePresence.Unknown("It is not there."));

    @Test
    void withoutEvidenceTheKernelIsUnderInvestigation() {
        Verdict verdict = Verdict.of(List.of());

        assertThat(verdict.status()).isEqualTo(VexStatus.UNDER_INVESTIGATION);
        assertThat(verdict.justification()).isEmpty();
        assertThat(verdict.isWeak()).isFalse();
        assertThat(verdict.version()).isEmpty();
        assertThat(verdict.files()).isEmpty();
    }

    @Test
    void whereNoRungDecidesTheKernelIsUnderInvestigation() {
        assertThat(Verdict.of(List.of(version(null, false), NOT_KNOWN)).status())
                .isEqualTo(VexStatus.UNDER_INVESTIGATION);
    }

    @ParameterizedTest
    @CsvSource({"AFFECTED, false", "AFFECTED, true", "FIXED, true", "NOT_AFFECTED, true"})
    void aRungThatCannotTellPassesOnWhatTheLowerOneSaid(VexStatus status, boolean weak) {
        Verdict verdict = Verdict.of(List.of(version(status, weak), NOT_KNOWN));

        assertThat(verdict.status()).isEqualTo(status);
        assertThat(verdict.isWeak()).isEqualTo(weak);
    }

    @ParameterizedTest
    @CsvSource({"AFFECTED, false", "AFFECTED, true", "FIXED, true", "NOT_AFFECTED, true", ", false"})
    void theHighestRungThatDecidesIsRight(VexStatus status, boolean weak) {
        Verdict verdict = Verdict.of(List.of(version(status, weak), LEFT_OUT));

        assertThat(verdict.status()).isEqualTo(VexStatus.NOT_AFFECTED);
        assertThat(verdict.isWeak()).isFalse();
    }

    @Test
    void notAffectedIsJustifiedByTheCodeThatIsNotThere() {
        assertThat(Verdict.of(List.of(version(VexStatus.NOT_AFFECTED, false))).justification())
                .contains(VexJustification.VULNERABLE_CODE_NOT_PRESENT);
        assertThat(Verdict.of(List.of(version(VexStatus.AFFECTED, false), LEFT_OUT))
                        .justification())
                .contains(VexJustification.VULNERABLE_CODE_NOT_PRESENT);
    }

    @ParameterizedTest
    @EnumSource(names = "NOT_AFFECTED", mode = EnumSource.Mode.EXCLUDE)
    void noOtherStatusIsJustified(VexStatus status) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Verdict(
                        status, Optional.of(VexJustification.VULNERABLE_CODE_NOT_PRESENT), false, List.of()))
                .withMessageContaining("'" + status + "'");
    }

    @ParameterizedTest
    @EnumSource(names = {"AFFECTED", "FIXED"})
    void whatIsDecidedOtherwiseComesWithoutAJustification(VexStatus status) {
        assertThat(Verdict.of(List.of(version(status, false))).justification()).isEmpty();
    }

    @Test
    void aRungDecidesOrIsEmptyAndFirm() {
        assertThatIllegalArgumentException().isThrownBy(() -> version(VexStatus.UNDER_INVESTIGATION, false));
        assertThatIllegalArgumentException().isThrownBy(() -> version(null, true));
    }

    @Test
    void theEvidenceIsCopiedAndKeepsItsOrder() {
        Evidence.Version version = version(VexStatus.AFFECTED, false);
        List<Evidence> evidence = new ArrayList<>(List.of(version, NOT_KNOWN));
        Verdict verdict = Verdict.of(evidence);

        evidence.clear();

        assertThat(verdict.evidence()).containsExactly(version, NOT_KNOWN);
        assertThat(verdict.version()).contains(version);
        assertThat(verdict.files()).contains(NOT_KNOWN);
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> verdict.evidence().clear());
    }

    @ParameterizedTest
    @CsvSource({
        "AFFECTED, affected, true",
        "UNDER_INVESTIGATION, under_investigation, true",
        "FIXED, fixed, false",
        "NOT_AFFECTED, not_affected, false",
    })
    void aStatusHasItsVexWordAndIsOpenWhileSomebodyHasToActOrLook(VexStatus status, String word, boolean open) {
        assertThat(status).hasToString(word);
        assertThat(status.isOpen()).isEqualTo(open);
    }

    @ParameterizedTest
    @EnumSource
    void aJustificationHasItsVexWord(VexJustification justification) {
        assertThat(justification).hasToString(justification.name().toLowerCase(Locale.ROOT));
    }

    private static Evidence.Version version(VexStatus status, boolean weak) {
        return new Evidence.Version(Optional.ofNullable(status), Optional.empty(), weak, "The version.");
    }

    private static Evidence.Files files(FilePresence presence) {
        TreeMap<SourcePath, FilePresence> files = new TreeMap<>();
        files.put(SourcePath.parse("a.c"), presence);
        return new Evidence.Files(files, "The file.");
    }
}
