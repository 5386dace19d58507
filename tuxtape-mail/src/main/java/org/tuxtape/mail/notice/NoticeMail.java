package org.tuxtape.mail.notice;

import jakarta.activation.DataSource;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.NoSuchProviderException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.TuxtapeException;
import org.tuxtape.core.pipeline.Notice;
import org.tuxtape.mail.internal.connection.Reasons;
import org.tuxtape.mail.internal.smtp.Letter;
import org.tuxtape.mail.internal.smtp.Submission;
import org.tuxtape.mail.notice.NoticeException.Fault;

/**
 * Tells the people in charge by mail what of a run they want to know: one mail a run, in plain text, with the files that
 * the caller gives. What they were told of before is not told again, and what a server did not take is not told.
 *
 * <pre>{@code
 * NoticeMail mail = NoticeMail.of(server, "tuxtape@example.org", List.of("ops@example.org"), ledger);
 * mail.send(Notice.of(report, Priority.Band.HIGH), List.of(page), Context.standard());
 * }</pre>
 *
 * <p>A mail has no text from records in its header. Immutable; one call at a time uses a ledger. Needs an implementation
 * of Jakarta Mail at run time.
 *
 * @since 0.1
 */
public final class NoticeMail {
    private static final int LARGEST_ATTACHMENTS = 10 << 20;

    private final SmtpServer server;
    private final String from;
    private final List<String> to;
    private final NoticeLedger ledger;
    private final int largest;

    private NoticeMail(SmtpServer server, String from, List<String> to, NoticeLedger ledger, int largest) {
        this.server = Objects.requireNonNull(server, "server");
        this.from = from;
        this.to = List.copyOf(to);
        this.ledger = Objects.requireNonNull(ledger, "ledger");
        this.largest = largest;
    }

    /**
     * Wires the parts together.
     *
     * @param server takes the mail
     * @param from who sends it, such as {@code tuxtape@example.org}
     * @param to who gets it, at least one
     * @param ledger remembers what was told; another one for each circle of people
     * @return the channel, which attaches 10 MiB at most; nothing is connected yet
     * @throws IllegalArgumentException if these are no addresses, without names or comments, in ASCII
     */
    public static NoticeMail of(SmtpServer server, String from, List<String> to, NoticeLedger ledger) {
        if (to.isEmpty()) {
            throw new IllegalArgumentException("A mail goes to somebody.");
        }
        requireAddress(from);
        to.forEach(NoticeMail::requireAddress);
        return new NoticeMail(server, from, to, ledger, LARGEST_ATTACHMENTS);
    }

    private static void requireAddress(String text) {
        try {
            InternetAddress address = new InternetAddress(text, true);
            if (address.getAddress().equals(text)
                    && text.indexOf('@') > 0
                    && text.chars().allMatch(c -> c > ' ' && c <= '~')) {
                return;
            }
            throw new IllegalArgumentException("Not an address: '" + text + "'.");
        } catch (AddressException e) {
            throw new IllegalArgumentException("Not an address: '" + text + "'.", e);
        }
    }

    /**
     * Replaces how much is attached. What is larger is left out, and the mail says so.
     *
     * @param bytes the size of all files together, 0 to 100 MiB; a mail is larger by a third
     * @return a channel that differs in it
     */
    public NoticeMail attachingAtMost(int bytes) {
        if (bytes < 0 || bytes > 100 << 20) {
            throw new IllegalArgumentException("Files of 0 to 100 MiB can be attached, not " + bytes + " bytes.");
        }
        return new NoticeMail(server, from, to, ledger, bytes);
    }

    /**
     * Sends what was not told before. Where there is nothing, no mail is sent and no server asked.
     *
     * <p>A wish to stop is noticed within a second while the server is waited for, and within the server's timeout while
     * it does not take what is sent; it then did not take the mail.
     *
     * @param notices what there is to tell
     * @param attachments files that go with it; one that cannot be read is left out, and the mail says so
     * @param context when to stop, and what time it is
     * @return what was told, and to whom it was not
     * @throws NoticeException if nobody could be told, or the ledger cannot be read or written
     * @throws CancelledException if the caller asked for it before the server took the mail
     */
    public NoticeDelivery send(List<Notice> notices, List<Attachment> attachments, Context context) {
        context.cancellation().throwIfCancelled();
        List<Notice> untold = untold(notices);
        if (untold.isEmpty()) {
            return new NoticeDelivery(List.of(), List.of());
        }
        Letter letter = letter(untold, attachments, context);
        try (NoticeLedger.Draft draft =
                ledger.with(untold.stream().map(Notice::key).toList())) {
            List<String> refused = Submission.send(server.route(), letter, context.cancellation());
            draft.commit();
            return new NoticeDelivery(untold, refused);
        } catch (MessagingException e) {
            throw fault(e, context.cancellation());
        }
    }

    private List<Notice> untold(List<Notice> notices) {
        SortedSet<String> told = ledger.told();
        Map<String, Notice> untold = new LinkedHashMap<>();
        notices.stream()
                .filter(notice -> !told.contains(notice.key()))
                .forEach(notice -> untold.putIfAbsent(notice.key(), notice));
        return List.copyOf(untold.values());
    }

    private Letter letter(List<Notice> notices, List<Attachment> attachments, Context context) {
        NoticeText text = new NoticeText(notices);
        List<DataSource> files = new ArrayList<>();
        List<String> remarks = new ArrayList<>();
        int left = largest;
        for (Attachment attachment : attachments) {
            try (InputStream in = Files.newInputStream(attachment.file())) {
                byte[] content = in.readNBytes(left + 1);
                if (content.length > left) {
                    remarks.add(attachment.name() + " is too large to be attached.");
                } else {
                    left -= content.length;
                    files.add(named(attachment, content));
                    remarks.add(attachment.name() + " is attached.");
                }
            } catch (IOException e) {
                remarks.add(attachment.name() + " could not be read, and is not attached.");
            }
        }
        return new Letter(
                from, to, text.subject(), text.identity(), context.clock().instant(), text.body(remarks), files);
    }

    private static DataSource named(Attachment attachment, byte[] content) {
        ByteArrayDataSource source = new ByteArrayDataSource(content, attachment.type());
        source.setName(attachment.name());
        return source;
    }

    private TuxtapeException fault(MessagingException e, CancellationToken cancellation) {
        if (cancellation.isCancelled() || Thread.currentThread().isInterrupted()) {
            return new CancelledException();
        }
        if (e instanceof NoSuchProviderException) {
            throw new IllegalStateException(
                    "No implementation of Jakarta Mail is there; org.eclipse.angus:angus-mail is one.", e);
        }
        if (e instanceof AuthenticationFailedException) {
            return new NoticeException(Fault.NOT_PERMITTED, "The server refuses the login to " + server + ".", e);
        }
        String reason = Reasons.of(e);
        // The mail library has no type for a server without STARTTLS.
        if (Reasons.has(e, SSLException.class) || reason.contains("STARTTLS")) {
            return new NoticeException(
                    Fault.NOT_SECURE, "The connection to " + server + " is not secure: " + reason + ".", e);
        }
        return e instanceof SendFailedException && !isCut(e)
                ? new NoticeException(Fault.REFUSED, server + " does not take the mail: " + reason + ".", e)
                : new NoticeException(Fault.IO, "Sending to " + server + " failed: " + reason + ".", e);
    }

    /** Whether the server went away where it had to answer. */
    private static boolean isCut(MessagingException e) {
        return e instanceof SMTPSendFailedException answer && answer.getReturnCode() < 0;
    }

    /**
     * Says where mail goes.
     *
     * @return for people
     */
    @Override
    public String toString() {
        return "mail to " + String.join(", ", to) + " by " + server;
    }
}
