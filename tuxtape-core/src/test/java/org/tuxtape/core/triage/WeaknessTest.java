package org.tuxtape.core.triage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.cve.CveId;

class WeaknessTest {

    @ParameterizedTest
    @CsvSource({
        "fix use-after-free in the timer,              80, Use after free",
        "Fix Use After Free of a socket,               80, Use after free",
        "avoid a UAF when the queue is freed,          80, Use after free",
        "slab-out-of-bounds in parse,                  65, Out of bounds",
        "fix out of bounds write,                      85, Out of bounds write",
        "fix an out-of-bound read of the header,       65, Out of bounds",
        "prevent integer underflow of the length,      60, Integer overflow",
        "refcount_t: underflow,                        60, Refcount",
        "KMSAN: uninit-value in foo,                   45, Uninitialized",
        "KMSAN: kernel-infoleak in copy,               50, Information leak",
        "fix null-ptr-deref in probe,                  40, Null dereference",
        "NULL pointer dereference when unbound,        40, Null dereference",
        "the error path follows a null pointer,        40, Null dereference",
        "fix soft lockup,                              35, Lockup",
        "fix division by zero,                         35, Divide by zero",
        "fix refcount leak,                            25, Resource leak",
        "fix a memory leak on the error path,          25, Resource leak",
        "remove a WARN_ON that anybody can reach,      15, Warning",
    })
    void theWordsOfTheTitleTellTheSortOfBug(String title, double score, String sort) {
        Priority priority = weakness(title, "");

        assertThat(priority.score()).hasValue(score);
        assertThat(priority.reasons().get(0).text()).startsWith(sort + ", since its text says \"");
    }

    @Test
    void theReasonQuotesTheWords() {
        assertThat(weakness("x", "It leads to a Use-After-Free.").reasons())
                .extracting(Reason::text)
                .containsExactly("Use after free, since its text says \"Use-After-Free\".");
    }

    @Test
    void ofSeveralSortsTheWorstCounts() {
        assertThat(weakness("fix memory leak", "Else there is a warning, then a use-after-free.")
                        .score())
                .hasValue(80);
    }

    @ParameterizedTest
    @CsvSource({"check the return value", "''", "guafa", "forewarning", "oobe"})
    void aTextThatNamesNoneHasNoScore(String title) {
        assertThat(weakness(title, "").score()).isEmpty();
    }

    private static Priority weakness(String title, String description) {
        Cve cve = Cve.builder(CveId.parse("CVE-2024-0001"))
                .title(title)
                .description(description)
                .build();
        return Prioritizers.weakness().priority(cve, Verdict.of(List.of()));
    }
}
