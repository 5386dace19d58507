package org.tuxtape.mail.internal.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The date of a mail")
class MailDatesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Tue, 5 Mar 2024 07:08:09 +0000       | 2024-03-05T07:08:09Z",
                "Tue, 05 Mar 2024 08:08:09 +0100 (CET)| 2024-03-05T07:08:09Z",
                "5 Mar 2024 07:08 GMT                 | 2024-03-05T07:08:00Z"
            })
    void isRead(String text, Instant date) {
        assertThat(new MailDates().parse(text)).contains(date);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2024-03-05"})
    void mayBeMissing(String text) {
        assertThat(new MailDates().parse(text)).isEmpty();
    }
}
