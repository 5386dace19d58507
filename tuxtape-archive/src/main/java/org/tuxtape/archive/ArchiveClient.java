package org.tuxtape.archive;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tuxtape.archive.internal.fetch.BundleSource;
import org.tuxtape.archive.internal.fetch.DirectorySource;
import org.tuxtape.archive.internal.fetch.Source;
import org.tuxtape.archive.internal.fetch.WebSource;
import org.tuxtape.archive.internal.tuf.MetadataSet;
import org.tuxtape.archive.internal.tuf.Walk;
import org.tuxtape.archive.trust.ArchiveException;
import org.tuxtape.archive.trust.ArchiveException.Fault;
import org.tuxtape.archive.trust.Role;
import org.tuxtape.archive.trust.RootMetadata;
import org.tuxtape.core.Context;
import org.tuxtape.core.disk.Disk;

/**
 * Reads an archive that it does not trust, from a server that it does not trust. What it has accepted it keeps in a
 * directory of its own, and never goes back behind it.
 *
 * <p>The directory may be used by several processes and threads at once; one of them at a time changes it. A process that
 * dies leaves it as it was or as it should become.
 *
 * <p>Time is the context's, but never earlier than that of the last view that was accepted, so that a clock that is set
 * back does not make fresh what had expired. A clock that is set forward makes everything expire, and nothing of that is
 * remembered.
 *
 * @since 0.1
 */
public final class ArchiveClient {
    private static final String TIMESTAMP = "metadata/timestamp.json";
    private static final Logger LOG = LoggerFactory.getLogger(ArchiveClient.class);

    private final Source source;
    private final ClientState state;
    private final RootMetadata trusted;
    private final ClientLimits limits;
    private final ArchiveLocation location;

    private ArchiveClient(ArchiveLocation location, ClientState state, RootMetadata trusted, ClientLimits limits) {
        this.location = location;
        this.source = source(location, limits);
        this.state = state;
        this.trusted = trusted;
        this.limits = limits;
    }

    private static Source source(ArchiveLocation location, ClientLimits limits) {
        if (location instanceof ArchiveLocation.Web web) {
            return new WebSource(web.base(), limits.answer(), limits.slowest());
        }
        if (location instanceof ArchiveLocation.BundleFile bundle) {
            return new BundleSource(bundle.file());
        }
        return new DirectorySource(((ArchiveLocation.Directory) location).path());
    }

    /**
     * Creates a client with the {@linkplain ClientLimits#standard() standard limits}.
     *
     * @param location where the archive lies
     * @param state a directory of the client's own, which is created if it is not there; nobody else may write it
     * @param trusted the root that whoever set up this machine has put there; it counts until the directory holds a later
     *     one that follows from it
     * @return the client; nothing is read yet
     * @throws IllegalArgumentException if the root is not signed by its own keys
     */
    public static ArchiveClient of(ArchiveLocation location, Path state, RootMetadata trusted) {
        return of(location, state, trusted, Disk.REAL);
    }

    static ArchiveClient of(ArchiveLocation location, Path state, RootMetadata trusted, Disk disk) {
        Objects.requireNonNull(location, "location");
        if (!trusted.isSigned()) {
            throw new IllegalArgumentException("The root is not signed by its own keys.");
        }
        return new ArchiveClient(location, new ClientState(state, disk), trusted, ClientLimits.standard());
    }

    /**
     * Replaces the limits.
     *
     * @param newLimits what it takes from the archive
     * @return a client that differs in it
     */
    public ArchiveClient with(ClientLimits newLimits) {
        return new ArchiveClient(location, state, trusted, newLimits);
    }

    /**
     * Looks for something new. Where there is nothing, this is one request for {@code timestamp.json}: a new root always
     * comes with a new timestamp, and a server that keeps the root back could keep back the timestamp as well.
     *
     * @param context when to stop, whom to tell, and what time it is
     * @return what the archive holds, all of it verified and of one moment
     * @throws ArchiveException if the archive cannot be read or is refused; the view before it stays in force
     * @throws org.tuxtape.core.CancelledException if the caller wanted to stop
     */
    public ArchiveView update(Context context) {
        context.cancellation().throwIfCancelled();
        return state.holding(context, () -> updateAlone(context));
    }

    private ArchiveView updateAlone(Context context) {
        Map<Role, byte[]> before = state.trusted(trusted);
        byte[] timestamp = source.read(TIMESTAMP, Walk.MOST_UNNAMED, context)
                .orElseThrow(() -> new ArchiveException(
                        Fault.MISSING, source.name(TIMESTAMP), source.name(TIMESTAMP) + " does not exist."));
        if (Arrays.equals(timestamp, before.get(Role.TIMESTAMP))) {
            Optional<MetadataSet> same = whole(before);
            if (same.isPresent()) {
                return accepted(same.get(), false, context);
            }
        }
        Instant latest = now(context).minus(grace());
        Walk.End end = Walk.from(source, limits.metadataBytes(), before, timestamp, latest, context);
        if (end.refusal() != null) {
            state.keep(end.files());
            throw end.refusal();
        }
        MetadataSet set = MetadataSet.verified(root(end.files()), end.files());
        requireFresh(set, context);
        state.keep(end.files());
        state.keepOnly(set.files().values());
        return accepted(set, true, context);
    }

    /**
     * Returns what was accepted last, without asking the archive.
     *
     * @param context what time it is
     * @return the last view; what it has to fetch it fetches from the archive
     * @throws ArchiveException if nothing was accepted yet, or it has expired
     */
    public ArchiveView last(Context context) {
        return state.holding(context, () -> {
            MetadataSet set = whole(state.trusted(trusted))
                    .orElseThrow(() -> new ArchiveException(
                            Fault.MISSING,
                            state.directory().toString(),
                            state.directory() + " holds no view of an archive."));
            return accepted(set, false, context);
        });
    }

    private static RootMetadata root(Map<Role, byte[]> files) {
        try {
            return RootMetadata.parse(Objects.requireNonNull(files.get(Role.ROOT)));
        } catch (IllegalArgumentException e) {
            throw new ArchiveException(
                    Fault.MALFORMED, Role.ROOT.text(), "The root is malformed: " + e.getMessage(), e);
        }
    }

    /** What is kept, if all of it is there and goes together. */
    private static Optional<MetadataSet> whole(Map<Role, byte[]> files) {
        try {
            return Optional.of(MetadataSet.verified(root(files), files));
        } catch (ArchiveException e) {
            LOG.debug("What was kept does not go together", e);
            return Optional.empty();
        }
    }

    private ArchiveView accepted(MetadataSet set, boolean isNew, Context context) {
        Standing standing = requireFresh(set, context);
        state.accept(now(context));
        return new ArchiveView(set, isNew, standing, source, state, limits);
    }

    /** The time that counts: a clock that was set back makes nothing fresh. */
    private Instant now(Context context) {
        Instant clock = context.clock().instant();
        Instant latest = state.accepted().orElse(clock);
        if (latest.isAfter(clock)) {
            LOG.warn("The clock says {}, but a view was accepted at {}, which counts", clock, latest);
            return latest;
        }
        return clock;
    }

    private Duration grace() {
        return location instanceof ArchiveLocation.BundleFile bundle
                ? bundle.trusted().afterExpiry()
                : Duration.ZERO;
    }

    private Standing requireFresh(MetadataSet set, Context context) {
        Instant now = now(context);
        Role first = set.firstToExpire();
        Instant expires = Objects.requireNonNull(set.expiries().get(first));
        if (now.isBefore(expires)) {
            return new Standing.Fresh(expires);
        }
        Instant until = expires.plus(grace());
        if (now.isBefore(until)) {
            LOG.warn("The {} metadata expired at {} and is used by grace until {}", first.text(), expires, until);
            return new Standing.ByGrace(expires, until);
        }
        throw new ArchiveException(
                Fault.EXPIRED,
                first.text(),
                "The " + first.text() + " metadata expired at " + expires + ", and it is " + now + ".");
    }
}
