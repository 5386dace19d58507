package org.tuxtape.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveCatalog;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.cve.CveStream;
import org.tuxtape.core.cve.SourceException;
import org.tuxtape.core.cve.SourceException.Fault;
import org.tuxtape.testkit.contract.CveSourceContract;
import org.tuxtape.testkit.contract.CveSourceSubject;

final class FakeCveSourceTest extends CveSourceContract {
    private final FakeCveSource source = archive().build();

    private static FakeCveSource.Builder archive() {
        return FakeCveSource.named("announce")
                .published(Cve.builder(CveId.parse("CVE-2024-26581")).build())
                .unreadable("No version line.")
                .rejected(CveId.parse("CVE-2023-52429"));
    }

    @Override
    protected CveSourceSubject subject() {
        return CveSourceSubject.of(() -> source)
                .published("CVE-2024-26581")
                .unreadable()
                .rejected("CVE-2023-52429")
                .missingArchive(
                        FakeCveSource.named("none").failsAfter(0, Fault.MISSING).build())
                .truncatedArchive(archive().failsAfter(2, Fault.TRUNCATED).build(), 2)
                .openHandles(source::openStreams);
    }

    @Test
    void itTellsWhereAStreamWasOpenedThatNobodyClosed() {
        CveStream stream = source.open(Cursor.START, Context.standard());
        assertThat(source.openStreams()).isEqualTo(1);
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(source::close)
                .withMessage("1 streams of announce were not closed.")
                .satisfies(leak -> assertThat(leak.getSuppressed()[0].getStackTrace())
                        .anyMatch(
                                frame -> frame.getMethodName().equals("itTellsWhereAStreamWasOpenedThatNobodyClosed")));
        stream.close();
        source.assertAllClosed();
    }

    @Test
    void itFailsWhereItIsToldAndAgainWhenItIsReadOn() {
        FakeCveSource broken = archive().failsAfter(1, Fault.IO).build();
        Cursor last;
        try (CveStream stream = broken.open(Cursor.START, Context.standard())) {
            last = stream.next().cursor();
            assertThatExceptionOfType(SourceException.class)
                    .isThrownBy(stream::next)
                    .withMessage("announce was told to fail behind 1 messages.")
                    .satisfies(fault -> assertThat(fault.fault()).isEqualTo(Fault.IO));
        }
        try (CveStream stream = broken.open(last, Context.standard())) {
            assertThatExceptionOfType(SourceException.class).isThrownBy(stream::hasNext);
        }
    }

    @Test
    void itCannotFailWhereItHasNoPlace() {
        assertThatIllegalStateException()
                .isThrownBy(() -> archive().failsAfter(4, Fault.IO).build())
                .withMessage("announce cannot fail behind 4 of 3 messages.");
    }

    @Test
    void aCatalogReadsIt() {
        try (FakeCveSource announce = archive().build()) {
            CveCatalog catalog = CveCatalog.of(announce);
            assertThat(catalog.messages()).isEqualTo(3);
            assertThat(catalog.unreadable()).hasSize(1);
        }
    }
}
