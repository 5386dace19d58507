package org.tuxtape.examples;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tuxtape.core.cve.CveSource;
import org.tuxtape.mail.MailOptions;
import org.tuxtape.mail.MailServer;
import org.tuxtape.mail.MailboxSource;
import org.tuxtape.mail.MaildirSource;
import org.tuxtape.mail.PublicInboxSource;
import org.tuxtape.mail.signature.KeyRing;
import org.tuxtape.mail.signature.SignatureCheck;
import picocli.CommandLine.Option;

/** The options that name archives of mail that are no mbox, and whose mails are believed. */
final class MailOption {
    private static final String PASSWORD = "TUXTAPE_MAIL_PASSWORD";

    @Option(names = "--maildir", paramLabel = "DIR", description = "a Maildir")
    private List<Path> maildirs = List.of();

    @Option(
            names = "--public-inbox",
            paramLabel = "DIR",
            description = "a clone of a list's archive: the directory with git/0.git, or one such repository")
    private List<Path> inboxes = List.of();

    @Option(
            names = {"--imap", "--pop3"},
            paramLabel = "URL",
            description = "a mailbox, as imaps://user@host/folder or pop3s://user@host; the password is taken from the"
                    + " environment variable " + PASSWORD)
    private List<URI> mailboxes = List.of();

    @Option(
            names = "--keyring",
            paramLabel = "PATH",
            description = "OpenPGP keys, or a directory of patatt's: mails with a forged signature are not believed,"
                    + " others that these keys did not sign are marked")
    private @Nullable Path keyring;

    @Option(names = "--only-signed", description = "with --keyring: believe nothing that these keys did not sign")
    private boolean onlySigned;

    MailOptions options() {
        MailOptions options = MailOptions.defaults();
        if (keyring == null) {
            return options;
        }
        try {
            KeyRing keys = KeyRing.read(keyring);
            return options.with(onlySigned ? SignatureCheck.strict(keys) : SignatureCheck.of(keys));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "The keys in " + keyring + " cannot be read: " + Unusable.reason(e) + ".", e);
        }
    }

    List<CveSource> sources() {
        MailOptions options = options();
        List<CveSource> sources = new ArrayList<>();
        maildirs.forEach(path -> sources.add(MaildirSource.of(path).with(options)));
        inboxes.forEach(path -> sources.add(PublicInboxSource.of(path).with(options)));
        mailboxes.forEach(
                address -> sources.add(MailboxSource.of(server(address)).with(options)));
        return sources;
    }

    private static MailServer server(URI address) {
        MailServer server = MailServer.of(address);
        String password = System.getenv(PASSWORD);
        return password == null ? server : server.withPassword(password);
    }
}
