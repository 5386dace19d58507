package org.tuxtape.examples.distribution;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.tuxtape.archive.trust.ArchiveKey;
import org.tuxtape.archive.trust.Role;
import org.tuxtape.archive.trust.RoleKeys;
import org.tuxtape.archive.trust.RootMetadata;
import org.tuxtape.archive.trust.Signer;
import org.tuxtape.examples.Unusable;
import picocli.CommandLine.Option;

/** Which keys stand for which role. */
final class RoleOptions {
    @Option(
            names = "--root-key",
            arity = "1..*",
            paramLabel = "FILE",
            description = "keys of the root; those that are private sign it, of others FILE.pub is enough")
    private List<Path> root = List.of();

    @Option(
            names = "--threshold",
            paramLabel = "N",
            description = "how many keys of the root have to sign; default all of them")
    private OptionalInt threshold = OptionalInt.empty();

    @Option(
            names = "--timestamp-key",
            arity = "1..*",
            paramLabel = "FILE",
            description = "keys of the timestamp, of which one has to sign; default those of --key")
    private List<Path> timestamp = List.of();

    @Option(
            names = "--root-valid",
            paramLabel = "TIME",
            description = "for how long the root counts; default 8760h, a year")
    private Duration valid = Duration.ofDays(365);

    boolean isEmpty() {
        return root.isEmpty();
    }

    /** The private keys of the timestamp, which may have none of its own. */
    List<Path> timestamp() {
        return timestamp;
    }

    /** Makes a first root, signed by the keys at hand. */
    RootMetadata first(List<Path> keys, Instant now) {
        if (root.isEmpty() || keys.isEmpty()) {
            throw new Unusable("A first root needs --root-key and --key.");
        }
        return signed(RootMetadata.first(roles(keys, new EnumMap<>(Role.class)), now.plus(valid)));
    }

    /** Makes the root after another one; roles of which nothing was said keep their keys. */
    RootMetadata next(RootMetadata before, List<Path> keys, Instant now) {
        return signed(before.next(roles(keys, new EnumMap<>(before.roles())), now.plus(valid)));
    }

    /** Whether a root has just these keys. */
    boolean isThatOf(RootMetadata made, List<Path> keys) {
        return made.roles().equals(roles(keys, new EnumMap<>(Role.class)));
    }

    private Map<Role, RoleKeys> roles(List<Path> keys, Map<Role, RoleKeys> before) {
        Map<Role, RoleKeys> roles = new EnumMap<>(Role.class);
        roles.putAll(before);
        if (!root.isEmpty()) {
            roles.put(Role.ROOT, keys(root, threshold.orElse(root.size())));
        }
        if (!keys.isEmpty()) {
            List.of(Role.TARGETS, Role.SNAPSHOT, Role.TIMESTAMP).forEach(role -> roles.put(role, keys(keys, 1)));
        }
        if (!timestamp.isEmpty()) {
            roles.put(Role.TIMESTAMP, keys(timestamp, 1));
        }
        return roles;
    }

    private static RoleKeys keys(List<Path> files, int threshold) {
        List<ArchiveKey> keys = HeldKey.read(files).stream().map(HeldKey::key).toList();
        return Unusable.unless(() -> new RoleKeys(keys, threshold));
    }

    private RootMetadata signed(RootMetadata unsigned) {
        RootMetadata signed = unsigned;
        for (Signer signer : HeldKey.signers(HeldKey.read(root))) {
            signed = signed.signedBy(signer);
        }
        return signed;
    }
}
