package org.tuxtape.testkit.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.tuxtape.core.cve.CveEvent;
import org.tuxtape.core.cve.CveId;
import org.tuxtape.core.cve.CveSource;

/**
 * What {@link CveSourceContract} tests: a source, what its archive holds, and what shows its behaviour at the edges.
 *
 * <p>The messages are named in the order of the archive, at least three. An unreadable one before the last shows that
 * it does not end the stream. Not safe for use by several threads.
 *
 * @since 0.1
 */
public final class CveSourceSubject {
    private static final int FEWEST_MESSAGES = 3;

    /** A message of the archive, as far as the contract compares it; unreadable ones have no id. */
    record Message(String kind, Optional<CveId> id) {
        static final Message UNREADABLE = new Message("unreadable", Optional.empty());

        static Message published(CveId id) {
            return new Message("published", Optional.of(id));
        }

        static Message rejected(CveId id) {
            return new Message("rejected", Optional.of(id));
        }

        static Message of(CveEvent event) {
            if (event instanceof CveEvent.Published published) {
                return published(published.cve().id());
            }
            return event instanceof CveEvent.Rejected rejected ? rejected(rejected.id()) : UNREADABLE;
        }

        @Override
        public String toString() {
            return kind + id.map(known -> " " + known).orElse("");
        }
    }

    /** A source over a damaged archive. */
    record Truncated(CveSource source, int readable) {}

    private final Supplier<? extends CveSource> factory;
    private final List<Message> messages = new ArrayList<>();
    private final Given<CveSource> missing = new Given<>("missingArchive");
    private final Given<Truncated> truncated = new Given<>("truncatedArchive");
    private final Given<LongSupplier> openHandles = new Given<>("openHandles");

    private CveSourceSubject(Supplier<? extends CveSource> factory) {
        this.factory = Objects.requireNonNull(factory, "factory");
    }

    /**
     * Names the source to be tested.
     *
     * @param factory makes a new source over one and the same archive; each call stands for a new process
     * @return a subject whose archive is empty so far
     */
    public static CveSourceSubject of(Supplier<? extends CveSource> factory) {
        return new CveSourceSubject(factory);
    }

    /**
     * Says that the next message of the archive publishes a CVE.
     *
     * @param cveId the CVE
     * @return this subject
     */
    public CveSourceSubject published(String cveId) {
        return holding(Message.published(CveId.parse(cveId)));
    }

    /**
     * Says that the next message of the archive rejects a CVE.
     *
     * @param cveId the CVE
     * @return this subject
     */
    public CveSourceSubject rejected(String cveId) {
        return holding(Message.rejected(CveId.parse(cveId)));
    }

    /**
     * Says that the next message of the archive cannot be understood.
     *
     * @return this subject
     */
    public CveSourceSubject unreadable() {
        return holding(Message.UNREADABLE);
    }

    private CveSourceSubject holding(Message message) {
        messages.add(message);
        return this;
    }

    /**
     * Gives a source whose archive does not exist.
     *
     * @param source the source
     * @return this subject
     */
    public CveSourceSubject missingArchive(CveSource source) {
        missing.is(source);
        return this;
    }

    /**
     * Says why there is no source whose archive does not exist.
     *
     * @param why one sentence
     * @return this subject
     */
    public CveSourceSubject noMissingArchive(String why) {
        missing.isNot(why);
        return this;
    }

    /**
     * Gives a source whose archive breaks off in the middle.
     *
     * @param source the source
     * @param readable how many elements stand before the break and have to be delivered
     * @return this subject
     */
    public CveSourceSubject truncatedArchive(CveSource source, int readable) {
        truncated.is(new Truncated(source, readable));
        return this;
    }

    /**
     * Says why there is no source whose archive breaks off in the middle.
     *
     * @param why one sentence
     * @return this subject
     */
    public CveSourceSubject noTruncatedArchive(String why) {
        truncated.isNot(why);
        return this;
    }

    /**
     * Gives a count of what sources of this subject hold open: files, connections, processes.
     *
     * @param count counts at the moment of the call
     * @return this subject
     */
    public CveSourceSubject openHandles(LongSupplier count) {
        openHandles.is(count);
        return this;
    }

    /**
     * Says why what is held open cannot be counted.
     *
     * @param why one sentence
     * @return this subject
     */
    public CveSourceSubject noOpenHandles(String why) {
        openHandles.isNot(why);
        return this;
    }

    CveSource source() {
        return factory.get();
    }

    List<Message> messages() {
        if (messages.size() < FEWEST_MESSAGES) {
            throw new IllegalStateException("The subject names " + messages.size() + " messages of its archive, and "
                    + FEWEST_MESSAGES + " are needed: call published, rejected and unreadable.");
        }
        return List.copyOf(messages);
    }

    CveSource missingOrAbort() {
        return missing.orAbort("CS-4 is not checked for a missing archive");
    }

    Truncated truncatedOrAbort(String rule) {
        return truncated.orAbort(rule + " is not checked for a truncated archive");
    }

    LongSupplier openHandlesOrAbort() {
        return openHandles.orAbort("CS-1 is not checked for what a closed stream still holds");
    }
}
