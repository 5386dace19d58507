package org.tuxtape.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.tuxtape.core.kernel.ConfigSymbol;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.kernel.KernelObject;
import org.tuxtape.core.kernel.KernelVersion;
import org.tuxtape.core.kernel.SourcePath;
import org.tuxtape.core.profile.BuildProfile;
import org.tuxtape.core.profile.ConfigValue;
import org.tuxtape.core.profile.FilePresence;
import org.tuxtape.core.profile.FunctionPresence;
import org.tuxtape.testkit.fake.FakeBuildProfile;

final class BuildProfileContractTest extends MutantTest<BuildProfileSubject> {
    private static final KernelBuild KERNEL = KernelBuild.of(KernelVersion.parse("6.12.94"));
    private static final TreeSet<KernelObject> IMAGE = new TreeSet<>(List.of(KernelObject.VMLINUX));

    static final class Probe extends BuildProfileContract {
        private static Supplier<BuildProfileSubject> subject;

        @Override
        protected BuildProfileSubject subject() {
            return subject.get();
        }
    }

    @Override
    ContractRun run(Supplier<BuildProfileSubject> subject) {
        Probe.subject = subject;
        return ContractRun.of(Probe.class);
    }

    private static FakeBuildProfile.Builder build() {
        return FakeBuildProfile.of(KERNEL)
                .compiled("net/core/sock.c", "vmlinux")
                .included("include/net/sock.h", "net/core/sock.c")
                .absent("fs/btrfs/super.c");
    }

    private static BuildProfileSubject subject(BuildProfile profile) {
        return BuildProfileSubject.of(profile)
                .compiled("net/core/sock.c")
                .included("include/net/sock.h")
                .absent("fs/btrfs/super.c")
                .notInSource("net/renamed.c");
    }

    @Override
    BuildProfileSubject correct() {
        return subject(build().option("NET", "y").build()).option("CONFIG_NET", "y");
    }

    /** Everything correct, to be changed in one place. */
    private static class Bent implements BuildProfile {
        private final BuildProfile profile = build().option("NET", "y").build();

        @Override
        public KernelBuild kernel() {
            return profile.kernel();
        }

        @Override
        public String provenance() {
            return profile.provenance();
        }

        @Override
        public FilePresence file(SourcePath path) {
            return profile.file(path);
        }

        @Override
        public FunctionPresence function(String name, SourcePath file) {
            return profile.function(name, file);
        }

        @Override
        public Optional<ConfigValue> option(ConfigSymbol symbol) {
            return profile.option(symbol);
        }
    }

    private static Mutant<BuildProfileSubject> mutant(String rule, String fault, Supplier<BuildProfile> profile) {
        return new Mutant<>(rule, fault, () -> subject(profile.get()).option("NET", "y"));
    }

    /** Sees other files than there are. */
    private static Mutant<BuildProfileSubject> seeing(String rule, String fault, String path, FilePresence presence) {
        return mutant(rule, fault, () -> new Bent() {
            @Override
            public FilePresence file(SourcePath asked) {
                return asked.text().equals(path) ? presence : super.file(asked);
            }
        });
    }

    @Override
    Set<String> rules() {
        return Set.of("BP-1", "BP-2", "BP-3", "BP-4", "BP-5");
    }

    @Override
    List<Mutant<BuildProfileSubject>> mutants() {
        return List.of(
                mutant("BP-1", "counts", () -> new Bent() {
                    private final AtomicInteger questions = new AtomicInteger();

                    @Override
                    public String provenance() {
                        return "question " + questions.incrementAndGet();
                    }
                }),
                mutant("BP-1", "answers each thread otherwise", () -> new Bent() {
                    @Override
                    public FunctionPresence function(String name, SourcePath file) {
                        return new FunctionPresence.Unknown(
                                Thread.currentThread().getName());
                    }
                }),
                seeing("BP-2", "takes a file that moved for absent", "net/renamed.c", new FilePresence.Absent("Gone.")),
                seeing("BP-2", "takes a directory for a file", "net/core", new FilePresence.Absent("Not compiled.")),
                seeing(
                        "BP-2",
                        "takes a name for its beginning",
                        "net/core/sock.c.orig",
                        new FilePresence.Compiled(IMAGE)),
                seeing("BP-2", "does not know what was left out", "fs/btrfs/super.c", new FilePresence.Unknown("?")),
                mutant("BP-2", "sees functions everywhere", () -> new Bent() {
                    @Override
                    public FunctionPresence function(String name, SourcePath file) {
                        return new FunctionPresence.Present(IMAGE);
                    }
                }),
                new Mutant<>(
                        "BP-3",
                        "does not see a unit",
                        () -> subject(build().compiled("net/core/dev.c", "vmlinux")
                                        .option("NET", "y")
                                        .build())
                                .compiled("net/core/dev.c", "net/ipv4/tcp.c")
                                .option("NET", "y")),
                seeing("BP-3", "takes a header for a unit", "include/net/sock.h", new FilePresence.Compiled(IMAGE)),
                seeing(
                        "BP-3",
                        "names a unit that is not compiled",
                        "include/net/sock.h",
                        new FilePresence.Included(new TreeSet<>(List.of(SourcePath.parse("fs/btrfs/super.c"))), IMAGE)),
                mutant("BP-4", "takes what is not named for unknown", () -> new Bent() {
                    @Override
                    public Optional<ConfigValue> option(ConfigSymbol symbol) {
                        return super.option(symbol).filter(ConfigValue::isEnabled);
                    }
                }),
                mutant("BP-4", "takes every option for a module", () -> new Bent() {
                    @Override
                    public Optional<ConfigValue> option(ConfigSymbol symbol) {
                        return super.option(symbol).map(value -> value.isEnabled() ? ConfigValue.MODULE : value);
                    }
                }),
                new Mutant<>(
                        "BP-4",
                        "takes unknown for no",
                        () -> subject(new Bent()).configUnknown()),
                mutant("BP-5", "fails for a path that no file can have", () -> new Bent() {
                    @Override
                    public FilePresence file(SourcePath path) {
                        return super.file(SourcePath.parse(writable(path.text())));
                    }
                }),
                mutant("BP-5", "fails for a function without a name", () -> new Bent() {
                    @Override
                    public FunctionPresence function(String name, SourcePath file) {
                        return super.function(name.isEmpty() ? name.substring(1) : name, file);
                    }
                }),
                mutant("BP-5", "has no answer for a number", () -> new Bent() {
                    @Override
                    public Optional<ConfigValue> option(ConfigSymbol symbol) {
                        return symbol.name().equals("0") ? null : super.option(symbol);
                    }
                }));
    }

    private static String writable(String text) {
        if (!StandardCharsets.US_ASCII.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException(text);
        }
        return text;
    }

    @Test
    void aProfileThatKnowsNothingIsNotCheckedForWhatItCannotKnow() {
        ContractRun run = run(() -> BuildProfileSubject.of(BuildProfile.unknown(KERNEL))
                .noCompiled("Nothing is known.")
                .noIncluded("Nothing is known.")
                .noAbsent("Nothing is known.")
                .configUnknown());
        assertThat(run.failed()).isEmpty();
        assertThat(run.aborted())
                .hasSize(5)
                .allSatisfy((test, message) -> assertThat(message).contains(test.substring(0, 4) + " is not checked"));
        assertThat(run.aborted().values())
                .anyMatch(message -> message.endsWith("BP-3 is not checked for included files: Nothing is known."));
    }
}
