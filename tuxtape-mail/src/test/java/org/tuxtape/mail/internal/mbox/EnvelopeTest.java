package org.tuxtape.mail.internal.mbox;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A line between messages")
class EnvelopeTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "From mboxrd@z Thu Jan  1 00:00:00 1970                                        | PUBLIC_INBOX",
                "From bippy-1.2.0 Mon Sep 17 00:00:00 2001                                     | GENERATED",
                "From bippy-d175d3acf727 Mon Sep 17 00:00:00 2001                              | GENERATED",
                "From cve_reject-ff011c73b128 Mon Sep 17 00:00:00 2001                         | GENERATED",
                "From 07571157c91b98ce1a4aa70967531e64b78e8346 Mon Sep 17 00:00:00 2001        | PATCH",
                "From 07571157c91b Mon Sep 17 00:00:00 2001                                    | PATCH",
                "From nobody Mon Sep 17 00:00:00 2001                                          | PATCH",
                "From a@example.org Mon Sep 17 00:00:00 2001                                   | PATCH",
                "From a@example.org Tue Mar  5 07:08:09 2024                                   | DELIVERED",
                "From a at example.org Tue Mar  5 07:08:09 2024                                | DELIVERED",
                "From a@example.org  Tue Mar 05 07:08 2024                                     | DELIVERED",
                "From MAILER-DAEMON Fri Jul  8 12:08:34 2011                                   | DELIVERED",
                "From - Fri Jul  8 12:08:34 2011                                               | DELIVERED",
                "From a@example.org Tue Mar  5 07:08:09 CET 2024                               | DELIVERED",
                "From a@example.org Tue Mar  5 07:08:09 +0100 2024                             | DELIVERED",
                "From a@example.org Tue Mar  5 07:08:09 2024 +0100                             | DELIVERED",
                "From a@example.org Tue Mar  5 07:08:09 2024 remote from host                  | DELIVERED",
            })
    void isToldApartByWhoWroteIt(String line, Envelope kind) {
        assertThat(Envelope.of(line)).contains(kind);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "From ",
                "From the call trace we see two interrupts",
                "From now on Tue Mar  5 07:08:09 2024",
                "From a@example.org",
                "From a@example.org Tue Mar  5",
                "From a@example.org Tue Mar  5 07:08:09 2024 and more",
                "From Tue Mar  5 07:08:09 2024",
                "from a@example.org Tue Mar  5 07:08:09 2024",
                ">From a@example.org Tue Mar  5 07:08:09 2024",
                "From: a@example.org Tue Mar  5 07:08:09 2024",
                "From a@example.org Tue Foo  5 07:08:09 2024"
            })
    void hasASenderAndADate(String line) {
        assertThat(Envelope.of(line)).isEmpty();
    }
}
