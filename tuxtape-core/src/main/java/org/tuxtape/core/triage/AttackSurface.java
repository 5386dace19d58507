package org.tuxtape.core.triage;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.tuxtape.core.kernel.ConfigSymbol;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.profile.ConfigValue;

/**
 * Who can reach code, judged by the directory it lies in and by the options that close a way to it. The scores are our own estimate of reach, not a measurement:
 * they order the rows of this table and nothing more.
 */
final class AttackSurface {
    private static final String FACTOR = "attack-surface";

    private record Area(String directory, double score, String reach, Optional<Gate> gate) {
        Area(String directory, double score, String reach) {
            this(directory, score, reach, Optional.empty());
        }

        Area closedBy(Gate closing) {
            return new Area(directory, score, reach, Optional.of(closing));
        }

        /** Returns the area as it is in a kernel with some options. */
        Area with(Function<ConfigSymbol, Optional<ConfigValue>> options) {
            return gate.filter(found -> found.isClosed(options))
                    .map(found -> new Area(directory, found.score, found.barrier.whenClosed()))
                    .orElse(this);
        }
    }

    /**
     * An option that keeps most people out.
     *
     * @param score what the area is worth then
     */
    private record Gate(Barrier barrier, double score) {
        ConfigSymbol option() {
            return barrier.option();
        }

        boolean isClosed(Function<ConfigSymbol, Optional<ConfigValue>> options) {
            return options.apply(barrier.option())
                    .filter(barrier.closed()::equals)
                    .isPresent();
        }
    }

    private static final ConfigSymbol USER_NS = ConfigSymbol.parse("CONFIG_USER_NS");
    private static final ConfigSymbol BPF_SYSCALL = ConfigSymbol.parse("CONFIG_BPF_SYSCALL");
    private static final Gate NAMESPACES = new Gate(
            new Barrier(
                    USER_NS,
                    ConfigValue.NO,
                    Optional.of(new Barrier.Setting("user.max_user_namespaces", "0", USER_NS)),
                    "open to administrators only"),
            45);
    private static final Gate PROGRAMS = new Gate(
            new Barrier(
                    ConfigSymbol.parse("CONFIG_BPF_UNPRIV_DEFAULT_OFF"),
                    ConfigValue.YES,
                    Optional.of(new Barrier.Setting("kernel.unprivileged_bpf_disabled", "1", BPF_SYSCALL)),
                    "open to administrators, and to others where one allows it"),
            50);
    private static final Gate SOCKETS = new Gate(
            new Barrier(
                    ConfigSymbol.parse("CONFIG_CRYPTO_USER_API"),
                    ConfigValue.NO,
                    Optional.empty(),
                    "used by the kernel alone"),
            40);

    /** The options that are asked for. */
    static final List<ConfigSymbol> OPTIONS = Stream.concat(
                    Stream.of(NAMESPACES, PROGRAMS, SOCKETS).map(Gate::option), Stream.of(BPF_SYSCALL))
            .toList();

    // The longest directory that fits a path counts.
    private static final List<Area> AREAS = List.of(
            new Area("net", 75, "part of the network stack"),
            new Area("net/ipv4", 90, "reachable from the network"),
            new Area("net/ipv6", 90, "reachable from the network"),
            new Area("net/core", 85, "on the way of every packet"),
            new Area("net/sctp", 85, "reachable from the network where the protocol is in use"),
            new Area("net/mptcp", 85, "reachable from the network where the protocol is in use"),
            new Area("net/tls", 80, "reachable from the network where the protocol is in use"),
            new Area("net/bluetooth", 75, "reachable by radio"),
            new Area("net/mac80211", 75, "reachable by radio"),
            new Area("net/wireless", 75, "reachable by radio"),
            new Area("net/netfilter", 75, "open to local users by way of user namespaces").closedBy(NAMESPACES),
            new Area("net/sched", 75, "open to local users by way of user namespaces").closedBy(NAMESPACES),
            new Area("net/packet", 75, "open to local users by way of user namespaces").closedBy(NAMESPACES),
            new Area("net/unix", 75, "open to every local user"),
            new Area("io_uring", 75, "open to every local user"),
            new Area("kernel", 65, "core code that every local user reaches"),
            new Area("kernel/bpf", 65, "open to local users who may load BPF programs").closedBy(PROGRAMS),
            new Area("kernel/trace", 35, "open to administrators"),
            new Area("init", 30, "run while the machine starts"),
            new Area("mm", 70, "core code that every local user reaches"),
            new Area("ipc", 70, "open to every local user"),
            new Area("fs", 65, "file system code that local users reach"),
            new Area("fs/nfsd", 90, "reachable from the network where the server runs"),
            new Area("fs/smb/server", 90, "reachable from the network where the server runs"),
            new Area("fs/smb/client", 60, "reachable by a hostile file server"),
            new Area("fs/nfs", 60, "reachable by a hostile file server"),
            new Area("fs/ceph", 55, "reachable by a hostile file server"),
            new Area("fs/btrfs", 55, "reachable by users of such a file system, or by its image"),
            new Area("fs/ext4", 60, "reachable by users of such a file system, or by its image"),
            new Area("fs/xfs", 60, "reachable by users of such a file system, or by its image"),
            new Area("fs/f2fs", 50, "reachable by users of such a file system, or by its image"),
            new Area("fs/ntfs3", 50, "reachable by users of such a file system, or by its image"),
            new Area("virt", 75, "reachable from a guest"),
            new Area("arch/x86/kvm", 75, "reachable from a guest"),
            new Area("arch/arm64/kvm", 75, "reachable from a guest"),
            new Area("drivers/vhost", 75, "reachable from a guest"),
            new Area("drivers/net/wireless", 65, "reachable by radio"),
            new Area("drivers/bluetooth", 65, "reachable by radio"),
            new Area("drivers/net", 45, "of use only with such a network device"),
            new Area("drivers/gpu", 55, "open to local users with access to the graphics device"),
            new Area("drivers/usb", 50, "of use only where such a device is plugged in"),
            new Area("drivers/hid", 50, "of use only where such a device is plugged in"),
            new Area("drivers", 35, "of use only with such a device"),
            new Area("sound", 40, "of use only with such a device"),
            new Area("block", 50, "on the way of every block device"),
            new Area("crypto", 55, "open to local users by way of sockets").closedBy(SOCKETS),
            new Area("security", 60, "part of what guards the rest"),
            new Area("lib", 50, "shared code whose users decide"),
            new Area("arch", 45, "code of the architecture"),
            new Area("include/net", 70, "part of the network stack"));

    private AttackSurface() {}

    private record Match(SourcePath path, Area area) {}

    static Priority priority(
            List<SourcePath> files,
            Optional<Evidence.Files> evidence,
            Function<ConfigSymbol, Optional<ConfigValue>> options) {
        return most(files, evidence, options)
                .map(match -> Priority.of(
                        match.area().score(),
                        FACTOR,
                        match.path() + " is " + match.area().reach() + "."))
                .orElseGet(() -> Priority.unknown(FACTOR, "No file tells who can reach the code."));
    }

    static Optional<Reach> reach(
            List<SourcePath> files,
            Optional<Evidence.Files> evidence,
            Function<ConfigSymbol, Optional<ConfigValue>> options) {
        return most(files, evidence, options)
                .map(match -> new Reach(
                        match.path(),
                        match.area().reach(),
                        match.area()
                                .gate()
                                .filter(gate -> isOnlyWay(gate, files, evidence, options))
                                .map(Gate::barrier)));
    }

    /** Whether no file of code can be reached in another way. Headers say little: many areas include them. */
    private static boolean isOnlyWay(
            Gate gate,
            List<SourcePath> files,
            Optional<Evidence.Files> evidence,
            Function<ConfigSymbol, Optional<ConfigValue>> options) {
        return present(files, evidence)
                .filter(path -> !path.isHeader())
                .flatMap(path -> area(path).stream())
                .allMatch(area -> area.gate()
                        .filter(other -> other.equals(gate) || other.isClosed(options))
                        .isPresent());
    }

    private static Optional<Match> most(
            List<SourcePath> files,
            Optional<Evidence.Files> evidence,
            Function<ConfigSymbol, Optional<ConfigValue>> options) {
        return present(files, evidence)
                .flatMap(path -> area(path).map(area -> new Match(path, area.with(options))).stream())
                .max(Comparator.comparingDouble(match -> match.area().score()));
    }

    private static Stream<SourcePath> present(List<SourcePath> files, Optional<Evidence.Files> evidence) {
        return files.stream()
                .filter(path -> evidence.map(found -> !found.isAbsent(path)).orElse(true));
    }

    private static Optional<Area> area(SourcePath path) {
        return AREAS.stream()
                .filter(area -> path.isBelow(area.directory()))
                .max(Comparator.comparingInt(area -> area.directory().length()));
    }
}
