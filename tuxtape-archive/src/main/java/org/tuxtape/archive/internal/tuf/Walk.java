package org.tuxtape.archive.internal.tuf;

import dev.sigstore.json.GsonSupplier;
import dev.sigstore.json.JsonParseException;
import dev.sigstore.tuf.DuplicateKeyIdsException;
import dev.sigstore.tuf.Fetcher;
import dev.sigstore.tuf.FileNotFoundException;
import dev.sigstore.tuf.InvalidHashesException;
import dev.sigstore.tuf.MetaFetcher;
import dev.sigstore.tuf.MetaStore;
import dev.sigstore.tuf.RoleExpiredException;
import dev.sigstore.tuf.RollbackVersionException;
import dev.sigstore.tuf.SignatureVerificationException;
import dev.sigstore.tuf.SnapshotTargetMissingException;
import dev.sigstore.tuf.SnapshotTargetVersionException;
import dev.sigstore.tuf.SnapshotVersionMismatchException;
import dev.sigstore.tuf.TrustedMetaStore;
import dev.sigstore.tuf.Updater;
import dev.sigstore.tuf.encryption.Verifier;
import dev.sigstore.tuf.model.Key;
import dev.sigstore.tuf.model.SignedTufMeta;
import dev.sigstore.tuf.model.TufMeta;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.tuxtape.archive.internal.fetch.Source;
import org.tuxtape.archive.internal.json.Signed;
import org.tuxtape.archive.trust.ArchiveException;
import org.tuxtape.archive.trust.ArchiveException.Fault;
import org.tuxtape.archive.trust.ArchiveKey;
import org.tuxtape.archive.trust.KeyScheme;
import org.tuxtape.archive.trust.Role;
import org.tuxtape.archive.trust.RootMetadata;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;

/**
 * One walk through the client workflow of The Update Framework, from the metadata that is trusted to that which an archive
 * offers. It is done by sigstore-java's client, in memory: what comes out is kept by the caller, in whole or not at all.
 * Left to others is what that client leaves out, as of 2.0.0:
 *
 * <ul>
 *   <li>it takes whatever its fetcher gives, for as long as that takes: {@link Source} bounds both;
 *   <li>an unchanged timestamp may expire unseen, and so may the snapshot and the targets below it: the caller asks
 *       {@link MetadataSet} afterwards;
 *   <li>a new root leaves snapshot and targets in force that it would not accept: so the targets are forgotten here, upon
 *       which it fetches both anew;
 *   <li>once it has a timestamp and fails with the snapshot, it holds the old snapshot for the new one ever after: so
 *       nothing of a walk that failed is kept, but the roots, each of which stands for itself;
 *   <li>it registers a security provider for the whole of Java, unless it is given other verifiers.
 * </ul>
 *
 * @see <a href="https://theupdateframework.github.io/specification/latest/#detailed-client-workflow">client workflow</a>
 */
public final class Walk {
    /** The most that a root or a timestamp may have, which nobody has named the length of; also that client's limit. */
    public static final int MOST_UNNAMED = 99 * 1024;

    private static final String TIMESTAMP_FILE = Role.TIMESTAMP.text() + ".json";

    private final Source source;
    private final int most;
    private final Context context;
    private final Map<Role, byte[]> before;
    private final Map<Role, byte[]> trusted;
    private final byte[] timestamp;
    private boolean hasNewRoot;
    private boolean hasNewKeys;
    private byte @Nullable [] lastFetched;

    private Walk(Source source, int most, Context context, Map<Role, byte[]> trusted, byte[] timestamp) {
        this.source = source;
        this.most = most;
        this.context = context;
        this.before = new EnumMap<>(trusted);
        this.trusted = new EnumMap<>(trusted);
        this.timestamp = timestamp;
    }

    /**
     * Where a walk came to.
     *
     * @param files the metadata that is trusted now
     * @param refusal why it went no further; {@code null} if it came to the end, else only the root is new, and
     *     what that took away is gone
     */
    public record End(Map<Role, byte[]> files, @Nullable ArchiveException refusal) {}

    /**
     * Walks.
     *
     * @param source the archive
     * @param most how many bytes metadata may have
     * @param trusted what is trusted: a root at least
     * @param timestamp the archive's {@code timestamp.json}, which was fetched just now
     * @param now by which expiry is judged
     * @param context when to stop
     */
    public static End from(
            Source source, int most, Map<Role, byte[]> trusted, byte[] timestamp, Instant now, Context context) {
        return new Walk(source, most, context, trusted, timestamp).walk(now);
    }

    private End walk(Instant now) {
        byte[] root = trusted.get(Role.ROOT);
        if (root == null) {
            throw new IllegalArgumentException("A walk begins with a root.");
        }
        Fetcher fetcher = new ArchiveFetcher();
        Updater updater = Updater.builder()
                .setClock(Clock.fixed(now, ZoneOffset.UTC))
                .setVerifiers(Walk::verifier)
                .setTrustedRootPath(() -> new String(root, StandardCharsets.UTF_8))
                .setTrustedMetaStore(TrustedMetaStore.newTrustedMetaStore(new MemoryStore()))
                .setMetaFetcher(MetaFetcher.newFetcher(fetcher))
                .setTargetFetcher(fetcher)
                .build();
        try {
            updater.updateMeta();
            return new End(trusted, null);
        } catch (ArchiveException e) {
            return unfinished(e);
        } catch (CancelledException e) {
            throw e;
        } catch (IOException | JsonParseException | RuntimeException e) {
            // It throws all sorts of exceptions for metadata whose members are missing or have another type.
            return unfinished(refusal(e));
        }
    }

    /** A new root stands for itself, with all that follows from it; of the rest nothing is kept. */
    private End unfinished(ArchiveException refusal) {
        byte[] root = trusted.get(Role.ROOT);
        if (!hasNewRoot || root == null || !isUnderstood(root)) {
            return new End(before, refusal);
        }
        Map<Role, byte[]> kept = new EnumMap<>(before);
        kept.put(Role.ROOT, root);
        if (hasNewKeys) {
            kept.remove(Role.TIMESTAMP);
            kept.remove(Role.SNAPSHOT);
        }
        return new End(kept, refusal);
    }

    /** That client knows more kinds of keys, and one who kept a root with these could never read it again. */
    private static boolean isUnderstood(byte[] root) {
        try {
            return RootMetadata.parse(root).isSigned();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Verifier verifier(Key key) throws InvalidKeyException {
        for (KeyScheme scheme : KeyScheme.values()) {
            if (scheme.keyType().equals(key.getKeyType()) && scheme.scheme().equals(key.getScheme())) {
                try {
                    return new ArchiveKey(scheme, key.getKeyVal().getOrDefault("public", ""))::verifies;
                } catch (IllegalArgumentException e) {
                    throw new InvalidKeyException(e);
                }
            }
        }
        throw new InvalidKeyException("Keys of the kind " + key.getKeyType() + " are unknown.");
    }

    private static ArchiveException refusal(Exception cause) {
        if (cause instanceof SignatureVerificationException e) {
            Fault fault = e.getVerifiedSignatures() == 0 ? Fault.SIGNATURE : Fault.THRESHOLD;
            return refusal(fault, "has too few signatures that count", e);
        }
        Map<Class<? extends Exception>, Fault> faults = Map.of(
                RollbackVersionException.class, Fault.ROLLBACK,
                SnapshotTargetVersionException.class, Fault.ROLLBACK,
                SnapshotTargetMissingException.class, Fault.ROLLBACK,
                SnapshotVersionMismatchException.class, Fault.MIXED,
                RoleExpiredException.class, Fault.EXPIRED,
                InvalidHashesException.class, Fault.DIGEST,
                FileNotFoundException.class, Fault.MISSING,
                DuplicateKeyIdsException.class, Fault.MALFORMED);
        return refusal(faults.getOrDefault(cause.getClass(), Fault.MALFORMED), "is refused", cause);
    }

    private static ArchiveException refusal(Fault fault, String what, Exception cause) {
        return new ArchiveException(
                fault, "metadata", "The archive's metadata " + what + ": " + cause.getMessage() + ".", cause);
    }

    /** Gives that client what the source has. */
    private final class ArchiveFetcher implements Fetcher {

        @Override
        public String getSource() {
            return source.name("metadata");
        }

        @Override
        @SuppressWarnings("NullAway") // that client takes null for a file that is not there, and is not annotated
        public byte[] fetchResource(String file, int longest) {
            byte[] bytes = fetch(file, Math.min(longest, most));
            lastFetched = bytes;
            return bytes;
        }

        private byte @Nullable [] fetch(String file, int longest) {
            // It was fetched before anything else, to see whether there is anything new; a new root comes with a new
            // one.
            if (file.equals(TIMESTAMP_FILE) && !hasNewRoot) {
                return timestamp;
            }
            return unchanged(file)
                    .or(() -> source.read("metadata/" + file, longest, context))
                    .orElse(null);
        }

        /** A file that is kept already, if it is the very one that is asked for: a refresh changes the timestamp alone. */
        private Optional<byte[]> unchanged(String file) {
            return Stream.of(Role.SNAPSHOT, Role.TARGETS)
                    .filter(role -> file.endsWith("." + role.text() + ".json"))
                    .flatMap(role ->
                            Optional.ofNullable(before.get(role)).filter(bytes -> isNamed(role, bytes)).stream())
                    .findFirst();
        }

        private boolean isNamed(Role role, byte[] bytes) {
            byte[] by = trusted.get(role == Role.SNAPSHOT ? Role.TIMESTAMP : Role.SNAPSHOT);
            try {
                return by != null
                        && RoleMetadata.link(Signed.parse(by).content(), role)
                                .file()
                                .describes(bytes);
            } catch (IllegalArgumentException e) {
                return false;
            }
        }
    }

    /** Keeps the files as they came, since what that client writes is not what was signed byte by byte. */
    private final class MemoryStore implements MetaStore {

        @Override
        public String getIdentifier() {
            return "memory";
        }

        @Override
        public <T extends SignedTufMeta<? extends TufMeta>> Optional<T> readMeta(String role, Class<T> type)
                throws JsonParseException {
            byte[] file = trusted.get(role(role));
            return file == null
                    ? Optional.empty()
                    : Optional.of(GsonSupplier.GSON.get().fromJson(new String(file, StandardCharsets.UTF_8), type));
        }

        @Override
        public void writeMeta(String name, SignedTufMeta<? extends TufMeta> metadata) {
            Role role = role(name);
            byte[] file = lastFetched;
            if (file == null) {
                throw new IllegalStateException("Nothing was fetched for " + name + ".");
            }
            trusted.put(role, file);
            if (role == Role.ROOT) {
                hasNewRoot = true;
                trusted.remove(Role.TARGETS);
            }
        }

        @Override
        public void clearMeta(String name) {
            hasNewKeys = true;
            trusted.remove(role(name));
        }

        private Role role(String name) {
            return Role.valueOf(name.toUpperCase(Locale.ROOT));
        }
    }
}
