package org.tuxtape.examples;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import org.tuxtape.core.Context;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.CveEvent;
import org.tuxtape.mail.MaildirSource;

/** Follows a folder, takes a mail for each byte of its input, and prints a line for each that it took. */
final class FollowProgram {
    private FollowProgram() {}

    public static void main(String[] arguments) throws IOException {
        Follow.Ledger ledger = new Follow.FileLedger(Path.of(arguments[1]));
        Follow.once(
                MaildirSource.of(Path.of(arguments[0])),
                new Follow.Ledger() {
                    @Override
                    public Cursor place() throws IOException {
                        return ledger.place();
                    }

                    @Override
                    public void take(CveEvent event) throws IOException {
                        if (System.in.read() < 0) {
                            throw new EOFException("nobody wants another mail");
                        }
                        ledger.take(event);
                        System.out.println(event.cursor());
                    }
                },
                Context.standard());
    }
}
