package org.tuxtape.testkit.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.tuxtape.core.Context;
import org.tuxtape.core.Event;
import org.tuxtape.core.fix.Fix;
import org.tuxtape.core.kernel.KernelBuild;
import org.tuxtape.core.livepatch.BuildFailure;
import org.tuxtape.core.livepatch.BuildKey;
import org.tuxtape.core.livepatch.BuildOutcome;
import org.tuxtape.core.livepatch.BuildReport;
import org.tuxtape.core.livepatch.BuildRequest;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.core.livepatch.PatchBuilder;
import org.tuxtape.core.livepatch.Replacement;

/** Builders that break one rule. */
final class PatchBuilderMutants {
    private PatchBuilderMutants() {}

    static PatchBuilderSubject correct() {
        return new Workshop().subject(ToyBuilder::new);
    }

    static List<Mutant<PatchBuilderSubject>> all() {
        return Stream.of(pb1(), pb2(), pb3(), pb4(), pb5(), pb6(), ev1())
                .flatMap(List::stream)
                .toList();
    }

    private static Mutant<PatchBuilderSubject> mutant(
            String rule, String fault, Function<Workshop, PatchBuilder> builder) {
        return new Mutant<>(rule, fault, () -> new Workshop().subject(builder));
    }

    private static List<Mutant<PatchBuilderSubject>> pb1() {
        return List.of(
                mutant("PB-1", "writes the module where it is seen", shop -> new ToyBuilder(shop) {
                    @Override
                    void deliver(BuildRequest request, Path file, Context context, String task) {
                        Workshop.write(file, new byte[] {1, 2, 3});
                        log(task, "half is written", context);
                        Workshop.write(file, module(request));
                    }
                }),
                mutant("PB-1", "writes another module first", shop -> new ToyBuilder(shop) {
                    @Override
                    void deliver(BuildRequest request, Path file, Context context, String task) {
                        Workshop.write(file, module(Workshop.request("another")));
                        log(task, "this is not it yet", context);
                        Workshop.write(file, module(request));
                    }
                }),
                mutant("PB-1", "hands out half of it", shop -> new ToyBuilder(shop) {
                    @Override
                    byte[] module(BuildRequest request) {
                        return Arrays.copyOf(super.module(request), 500);
                    }
                }),
                mutant("PB-1", "leaves something when it fails", shop -> new ToyBuilder(shop) {
                    @Override
                    void fail(Path file) {
                        Workshop.write(file, new byte[] {1});
                    }
                }),
                mutant("PB-1", "calls a failure by another name", shop -> new ToyBuilder(shop) {
                    @Override
                    BuildFailure nameOf(BuildFailure failure) {
                        return failure == BuildFailure.COMPILE_ERROR ? BuildFailure.UNCLASSIFIED : failure;
                    }
                }),
                mutant("PB-1", "lets the tool write where it is seen", shop -> new ToyBuilder(shop) {
                    @Override
                    void toolBreaks(Path file) {
                        Workshop.write(file, new byte[] {1, 2, 3});
                    }
                }),
                mutant("PB-1", "leaves something when it is cancelled", shop -> new ToyBuilder(shop) {
                    @Override
                    BuildOutcome cancelled(Path file) {
                        Workshop.write(file, new byte[] {1, 2, 3});
                        return super.cancelled(file);
                    }
                }),
                mutant("PB-1", "says of the module what is not so", shop -> new ToyBuilder(shop) {
                    @Override
                    BuildOutcome built(LivepatchModule module, BuildReport report) {
                        Manifest manifest = Manifest.parse(
                                module.manifest().toText().replaceAll("SHA-256: .*", "SHA-256: " + "0".repeat(64)));
                        return super.built(new LivepatchModule(module.file(), manifest), report);
                    }
                }));
    }

    /** Leaves the tree otherwise after the build of one livepatch. */
    private static Mutant<PatchBuilderSubject> leaving(String name, String fault, Consumer<Path> trace) {
        return mutant("PB-2", fault, shop -> new ToyBuilder(shop) {
            @Override
            void unpatch(BuildRequest request) {
                super.unpatch(request);
                if (request.name().text().equals(name)) {
                    trace.accept(shop.tree);
                }
            }
        });
    }

    private static List<Mutant<PatchBuilderSubject>> pb2() {
        return List.of(
                leaving("one", "leaves the fix", tree -> Workshop.write(tree.resolve("net/a.c"), new byte[] {'p'})),
                leaving("one", "leaves a file", tree -> Workshop.write(tree.resolve("net/a.c.orig"), new byte[0])),
                leaving("one", "takes a file away", tree -> Workshop.delete(tree.resolve("net/b.c"))),
                leaving("one", "moves the time of what it does not touch", tree -> {
                    try {
                        Files.setLastModifiedTime(tree.resolve("net/b.c"), FileTime.from(Instant.EPOCH));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }),
                leaving("one", "takes the right to write away", tree -> {
                    try {
                        Files.setPosixFilePermissions(
                                tree.resolve("net/a.c"), PosixFilePermissions.fromString("r--r--r--"));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                }),
                leaving(
                        "no_change",
                        "leaves a fix without effect",
                        tree -> Workshop.write(tree.resolve("x"), new byte[0])),
                leaving("failing", "leaves what failed", tree -> Workshop.write(tree.resolve("x"), new byte[0])),
                leaving("hanging", "leaves what was cancelled", tree -> Workshop.write(tree.resolve("x"), new byte[0])),
                leaving("slow", "leaves what took too long", tree -> Workshop.write(tree.resolve("x"), new byte[0])),
                mutant("PB-2", "repairs nothing", shop -> new ToyBuilder(shop) {
                    private boolean mine;

                    @Override
                    void patch() {
                        mine = true;
                        super.patch();
                    }

                    @Override
                    void repair() {
                        if (mine) {
                            super.repair();
                        }
                    }
                }));
    }

    private static List<Mutant<PatchBuilderSubject>> pb3() {
        return List.of(
                mutant("PB-3", "does not look before it begins", shop -> new ToyBuilder(shop) {
                    @Override
                    boolean isCancelled(Context context) {
                        return shop.hanging && super.isCancelled(context);
                    }
                }),
                mutant("PB-3", "leaves the processes of what it cancels", shop -> new ToyBuilder(shop) {
                    @Override
                    void endCancelled() {}
                }),
                mutant("PB-3", "calls it a failure", shop -> new ToyBuilder(shop) {
                    @Override
                    BuildOutcome cancelled(Path file) {
                        return failed(BuildFailure.TOOL_BROKE, Workshop.request("hanging"));
                    }
                }),
                mutant("PB-3", "leaves the processes of what takes too long", shop -> new ToyBuilder(shop) {
                    @Override
                    void endTimedOut() {}
                }),
                mutant("PB-3", "does not say that it took too long", shop -> new ToyBuilder(shop) {
                    @Override
                    BuildOutcome timedOut(BuildRequest request) {
                        return failed(BuildFailure.TOOL_BROKE, request);
                    }
                }));
    }

    /** Does not see something when it makes the key. */
    private static Mutant<PatchBuilderSubject> blind(String what, UnaryOperator<BuildRequest> glasses) {
        return mutant("PB-4", "does not see " + what, shop -> new ToyBuilder(shop) {
            @Override
            public BuildKey key(BuildRequest request) {
                return super.key(glasses.apply(request));
            }
        });
    }

    private static List<Mutant<PatchBuilderSubject>> pb4() {
        AtomicInteger calls = new AtomicInteger();
        LivepatchName name = new LivepatchName("any");
        List<Fix> fixes = Workshop.request("any").fixes();
        return List.of(
                blind("the name", asked -> new BuildRequest(name, asked.kernel(), asked.fixes(), asked.replacement())),
                blind(
                        "the kernel's config",
                        asked -> new BuildRequest(
                                asked.name(),
                                KernelBuild.of(asked.kernel().version()),
                                asked.fixes(),
                                asked.replacement())),
                blind("the fixes", asked -> new BuildRequest(asked.name(), asked.kernel(), fixes, asked.replacement())),
                blind(
                        "the order of the fixes",
                        asked -> new BuildRequest(
                                asked.name(),
                                asked.kernel(),
                                asked.fixes().stream()
                                        .sorted(Comparator.comparing(Fix::cve))
                                        .toList(),
                                asked.replacement())),
                blind(
                        "what happens to others",
                        asked -> new BuildRequest(asked.name(), asked.kernel(), asked.fixes(), Replacement.STACK)),
                mutant("PB-4", "has another key in each process", shop -> {
                    int process = calls.incrementAndGet();
                    return new ToyBuilder(shop) {
                        @Override
                        public BuildKey key(BuildRequest request) {
                            return new BuildKey(super.key(request).text().substring(8) + "%08x".formatted(process));
                        }
                    };
                }),
                mutant("PB-4", "builds what is stored", shop -> new ToyBuilder(shop) {
                    @Override
                    boolean isStored(Path file) {
                        return false;
                    }
                }),
                mutant("PB-4", "does not say the key", shop -> new ToyBuilder(shop) {
                    @Override
                    BuildOutcome built(LivepatchModule module, BuildReport report) {
                        Manifest manifest =
                                Manifest.parse(module.manifest().toText().replaceAll("(?m)^Key: .*\n", ""));
                        return super.built(new LivepatchModule(module.file(), manifest), report);
                    }
                }));
    }

    private static List<Mutant<PatchBuilderSubject>> pb5() {
        return List.of(mutant("PB-5", "confuses two that are built at once", shop -> {
            CyclicBarrier bothBegan = new CyclicBarrier(2);
            AtomicReference<BuildRequest> latest = new AtomicReference<>();
            return new ToyBuilder(shop) {
                @Override
                public BuildOutcome build(BuildRequest request, Context context) {
                    latest.set(request);
                    if (Thread.currentThread().getName().startsWith("pool-")) {
                        await(bothBegan);
                    }
                    return super.build(Objects.requireNonNull(latest.get()), context);
                }
            };
        }));
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Mutant<PatchBuilderSubject>> pb6() {
        return List.of(
                mutant("PB-6", "says nothing while it builds", shop -> new ToyBuilder(shop) {
                    @Override
                    void log(String task, String line, Context context) {}
                }),
                mutant("PB-6", "keeps no log", shop -> new ToyBuilder(shop) {
                    @Override
                    Optional<Path> keep(String text) {
                        return Optional.empty();
                    }
                }),
                mutant("PB-6", "keeps no log of what failed", shop -> new ToyBuilder(shop) {
                    @Override
                    Optional<Path> keep(String text) {
                        return text.equals("failed") ? Optional.empty() : super.keep(text);
                    }
                }),
                mutant("PB-6", "keeps all that it hears", shop -> new ToyBuilder(shop) {
                    @Override
                    Optional<Path> keep(String text) {
                        Path log = shop.store.resolve("log");
                        Workshop.write(log, text.getBytes(Workshop.CHARSET));
                        return Optional.of(log);
                    }
                }));
    }

    private static List<Mutant<PatchBuilderSubject>> ev1() {
        return List.of(
                mutant("EV-1", "does not end", shop -> new ToyBuilder(shop) {
                    @Override
                    void end(String task, BuildOutcome outcome, Context context) {}
                }),
                mutant("EV-1", "never starts", shop -> new ToyBuilder(shop) {
                    @Override
                    void start(String task, Context context) {}
                }),
                mutant("EV-1", "calls every end a failure", shop -> new ToyBuilder(shop) {
                    @Override
                    void end(String task, BuildOutcome outcome, Context context) {
                        context.tell(new Event.Ended(task, Event.End.FAILED));
                    }
                }),
                mutant("EV-1", "calls every end complete", shop -> new ToyBuilder(shop) {
                    @Override
                    void end(String task, BuildOutcome outcome, Context context) {
                        context.tell(new Event.Ended(task, Event.End.COMPLETED));
                    }
                }));
    }
}
