package org.tuxtape.archive;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tuxtape.archive.internal.tuf.MetadataSet;
import org.tuxtape.archive.trust.Role;
import org.tuxtape.core.kernel.KernelIdentity;

/**
 * What an archive holds at one moment.
 *
 * @param roles each role's metadata in force
 * @param kernels for which there are patches, in the order of their paths
 * @since 0.1
 */
public record ArchiveState(Map<Role, RoleState> roles, List<KernelIdentity> kernels) {

    /** Copies the collections. */
    public ArchiveState {
        roles = Map.copyOf(roles);
        kernels = List.copyOf(kernels);
    }

    /**
     * The metadata of a role.
     *
     * @param version it grows with every change, from 1
     * @param expires from when on clients refuse it
     */
    public record RoleState(int version, Instant expires) {
        /** Rejects {@code null}. */
        public RoleState {
            Objects.requireNonNull(expires, "expires");
        }
    }

    static ArchiveState of(MetadataSet set) {
        Map<Role, Instant> expiries = set.expiries();
        Map<Role, RoleState> roles = new EnumMap<>(Role.class);
        set.versions()
                .forEach((role, version) ->
                        roles.put(role, new RoleState(version, Objects.requireNonNull(expiries.get(role)))));
        List<KernelIdentity> kernels = set.files().keySet().stream()
                .flatMap(path -> KernelIndex.kernel(path).stream())
                .toList();
        return new ArchiveState(roles, kernels);
    }

    /**
     * Tells when clients begin to refuse the archive, if nothing is signed until then.
     *
     * @return when the first of the roles expires
     */
    public Instant expires() {
        return roles.values().stream()
                .map(RoleState::expires)
                .min(Instant::compareTo)
                .orElse(Instant.MIN);
    }
}
