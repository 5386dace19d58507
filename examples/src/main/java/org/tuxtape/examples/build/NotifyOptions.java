package org.tuxtape.examples.build;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.tuxtape.core.Context;
import org.tuxtape.core.pipeline.Notice;
import org.tuxtape.core.pipeline.PipelineReport;
import org.tuxtape.core.triage.Priority;
import org.tuxtape.mail.notice.Attachment;
import org.tuxtape.mail.notice.NoticeDelivery;
import org.tuxtape.mail.notice.NoticeLedger;
import org.tuxtape.mail.notice.NoticeMail;
import org.tuxtape.mail.notice.SmtpServer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Whom to tell by mail what of a run wants somebody to look at it. */
final class NotifyOptions {
    private static final String PASSWORD = "TUXTAPE_SMTP_PASSWORD";

    @Option(
            names = "--notify",
            paramLabel = "URL",
            description =
                    "mail what is new by this server, as smtps://user@host or smtp://user@host; the password is taken"
                            + " from the environment variable " + PASSWORD + ". It needs --to")
    private Optional<URI> server = Optional.empty();

    @Option(names = "--unprotected", description = "with --notify smtp://...: without TLS, to a server of this machine")
    private boolean isUnprotected;

    @Option(names = "--to", arity = "1..*", paramLabel = "ADDRESS", description = "who gets the mail")
    private List<String> to = List.of();

    @Option(names = "--from", paramLabel = "ADDRESS", description = "who sends it; default the first of --to")
    private Optional<String> from = Optional.empty();

    @Option(
            names = "--band",
            paramLabel = "BAND",
            description = "tell of CVEs from this band on: ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}")
    private Priority.Band band = Priority.Band.HIGH;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    /** Returns the channel, if one is asked for. */
    Optional<NoticeMail> mail(Path ledger) {
        if (server.isEmpty()) {
            return Optional.empty();
        }
        if (to.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "A mail goes to somebody: say --to ADDRESS.");
        }
        try {
            SmtpServer known = SmtpServer.of(server.get());
            String password = System.getenv(PASSWORD);
            SmtpServer open = password == null ? known : known.withPassword(password);
            return Optional.of(NoticeMail.of(
                    isUnprotected ? open.unprotected() : open, from.orElse(to.get(0)), to, NoticeLedger.at(ledger)));
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    /** Tells, and returns what became of it in one sentence. */
    String tell(NoticeMail mail, PipelineReport report, Optional<Path> page, Context context) {
        List<Attachment> attached = page.map(file -> new Attachment("report.html", "text/html", file)).stream()
                .toList();
        NoticeDelivery delivery = mail.send(Notice.of(report, band), attached, context);
        if (delivery.told().isEmpty()) {
            return "There is nothing new to tell.";
        }
        return delivery.told().size() + " notices were sent"
                + (delivery.refused().isEmpty() ? "." : ", but not to " + String.join(", ", delivery.refused()) + ".");
    }
}
