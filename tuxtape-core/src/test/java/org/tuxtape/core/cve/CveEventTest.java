package org.tuxtape.core.cve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CveEventTest {
    private static final CveId ID = CveId.parse("CVE-2024-26581");
    private static final Cve CVE = Cve.builder(ID).build();
    private static final Origin ORIGIN =
            Origin.of(new SourceId("announce.mbox"), Origin.Kind.ANNOUNCEMENT, "message 1");
    private static final Cursor CURSOR = new Cursor("1");

    @Test
    void remarksAreCopied() {
        List<Remark> remarks = new ArrayList<>();
        remarks.add(new Remark("Not understood.", new Excerpt(3, "x")));

        CveEvent.Published published = new CveEvent.Published(ORIGIN, CURSOR, CVE, remarks);
        remarks.clear();

        assertThat(published.remarks()).hasSize(1);
    }

    static Stream<ThrowingCallable> incomplete() {
        return Stream.of(
                () -> new CveEvent.Published(null, CURSOR, CVE, List.of()),
                () -> new CveEvent.Published(ORIGIN, null, CVE, List.of()),
                () -> new CveEvent.Published(ORIGIN, CURSOR, null, List.of()),
                () -> new CveEvent.Published(ORIGIN, CURSOR, CVE, null),
                () -> new CveEvent.Rejected(null, CURSOR, ID, "", Optional.empty()),
                () -> new CveEvent.Rejected(ORIGIN, null, ID, "", Optional.empty()),
                () -> new CveEvent.Rejected(ORIGIN, CURSOR, null, "", Optional.empty()),
                () -> new CveEvent.Rejected(ORIGIN, CURSOR, ID, null, Optional.empty()),
                () -> new CveEvent.Rejected(ORIGIN, CURSOR, ID, "", null),
                () -> new CveEvent.Unreadable(null, CURSOR, Optional.of(ID), "", Optional.empty()),
                () -> new CveEvent.Unreadable(ORIGIN, null, Optional.of(ID), "", Optional.empty()),
                () -> new CveEvent.Unreadable(ORIGIN, CURSOR, null, "", Optional.empty()),
                () -> new CveEvent.Unreadable(ORIGIN, CURSOR, Optional.of(ID), null, Optional.empty()),
                () -> new CveEvent.Unreadable(ORIGIN, CURSOR, Optional.of(ID), "", null),
                () -> new Remark(null, new Excerpt(1, "")),
                () -> new Remark("", null),
                () -> new Origin(null, Origin.Kind.RECORD, "", Optional.empty(), Optional.empty()),
                () -> new SourceException(null, SourceException.Fault.IO, ""),
                () -> new SourceException(new SourceId("a"), null, ""));
    }

    @ParameterizedTest
    @MethodSource("incomplete")
    void anElementWithoutOneOfItsPartsIsNone(ThrowingCallable making) {
        assertThatNullPointerException().isThrownBy(making);
    }
}
