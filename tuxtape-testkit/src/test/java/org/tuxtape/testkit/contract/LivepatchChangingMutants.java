package org.tuxtape.testkit.contract;

import static org.tuxtape.testkit.contract.LivepatchControllerMutants.MINUTE;
import static org.tuxtape.testkit.contract.LivepatchControllerMutants.mutant;
import static org.tuxtape.testkit.contract.LivepatchControllerMutants.with;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.Context;
import org.tuxtape.core.Event;
import org.tuxtape.core.livepatch.ForcePermit;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.LoadPlan.Obstacle;
import org.tuxtape.core.livepatch.TransitionOutcome;
import org.tuxtape.core.livepatch.TransitionOutcome.AlreadySo;
import org.tuxtape.core.livepatch.TransitionOutcome.Completed;
import org.tuxtape.core.livepatch.TransitionOutcome.Refused;
import org.tuxtape.core.livepatch.TransitionOutcome.Reversed;
import org.tuxtape.core.livepatch.TransitionOutcome.StillRunning;
import org.tuxtape.core.livepatch.TransitionPolicy;
import org.tuxtape.testkit.contract.LivepatchControllerMutants.Bent;
import org.tuxtape.testkit.contract.LivepatchControllerMutants.Seeing;

/** Controllers that break LC-2, LC-4, LC-5 or EV-1: they do wrongly. */
final class LivepatchChangingMutants {
    private LivepatchChangingMutants() {}

    static Stream<Mutant<LivepatchControllerSubject>> all() {
        return Stream.of(forcing(), changing(), goingBack(), telling()).flatMap(List::stream);
    }

    private static List<Mutant<LivepatchControllerSubject>> forcing() {
        return List.of(
                mutant("LC-2", "takes any permit", (setting, controller) -> new Bent(controller) {
                    @Override
                    TransitionPolicy bend(TransitionPolicy policy) {
                        return policy instanceof TransitionPolicy.Force force
                                ? new TransitionPolicy.Force(
                                        force.deadline(), new ForcePermit("anybody", "no reason", Instant.MAX))
                                : policy;
                    }
                }),
                mutant("LC-2", "never forces", (setting, controller) -> new Bent(controller) {
                    @Override
                    TransitionPolicy bend(TransitionPolicy policy) {
                        return policy instanceof TransitionPolicy.Force
                                ? new TransitionPolicy.Reverse(policy.deadline())
                                : policy;
                    }
                }),
                mutant("LC-2", "forces without need", (setting, controller) -> new Bent(controller) {
                    @Override
                    public TransitionOutcome load(LivepatchModule module, TransitionPolicy policy, Context context) {
                        TransitionOutcome outcome = super.load(module, policy, context);
                        return policy instanceof TransitionPolicy.Force && outcome instanceof Completed completed
                                ? new Completed(completed.took(), true, completed.remarks())
                                : outcome;
                    }
                }));
    }

    private static List<Mutant<LivepatchControllerSubject>> changing() {
        return List.of(
                mutant(
                        "LC-4",
                        "returns too early",
                        (setting, controller) -> new Seeing(controller, livepatch -> {
                            boolean first = setting.looks.getAndIncrement() == 0;
                            return with(livepatch, first || livepatch.inTransition(), livepatch.objects());
                        })),
                mutant("LC-4", "does not see that it is so already", (setting, controller) -> new Bent(controller) {
                    @Override
                    TransitionOutcome bend(TransitionOutcome outcome) {
                        return outcome instanceof AlreadySo ? new Completed(Duration.ZERO, false, List.of()) : outcome;
                    }
                }),
                mutant("LC-4", "unloads what it disables", (setting, controller) -> new Bent(controller) {
                    @Override
                    public TransitionOutcome disable(LivepatchName name, TransitionPolicy policy, Context context) {
                        TransitionOutcome outcome = super.disable(name, policy, context);
                        unload(name, context);
                        return outcome;
                    }
                }),
                mutant("LC-4", "disables what it is to unload", (setting, controller) -> new Bent(controller) {
                    @Override
                    public TransitionOutcome unload(LivepatchName name, Context context) {
                        disable(name, new TransitionPolicy.Reverse(MINUTE), context);
                        return super.unload(name, context);
                    }
                }),
                mutant("LC-4", "unloads what it replaces", (setting, controller) -> new Bent(controller) {
                    @Override
                    public TransitionOutcome load(LivepatchModule module, TransitionPolicy policy, Context context) {
                        List<LivepatchName> replaced = plan(module).replaced();
                        TransitionOutcome outcome = super.load(module, policy, context);
                        replaced.forEach(name -> unload(name, context));
                        return outcome;
                    }
                }),
                mutant("LC-4", "keeps the error to itself", (setting, controller) -> new Bent(controller) {
                    @Override
                    TransitionOutcome bend(TransitionOutcome outcome) {
                        return outcome instanceof Refused refused
                                ? new Refused(new Obstacle(
                                        refused.obstacle().cause(),
                                        "EIO",
                                        refused.obstacle().reason()))
                                : outcome;
                    }
                }),
                mutant("LC-4", "reverses what was to be left running", (setting, controller) -> new Bent(controller) {
                    @Override
                    TransitionPolicy bend(TransitionPolicy policy) {
                        return policy instanceof TransitionPolicy.LeaveRunning
                                ? new TransitionPolicy.Reverse(policy.deadline())
                                : policy;
                    }
                }),
                mutant(
                        "LC-4",
                        "does not say what a transition waits for",
                        (setting, controller) -> new Bent(controller) {
                            @Override
                            TransitionOutcome bend(TransitionOutcome outcome) {
                                return outcome instanceof StillRunning running
                                        ? new StillRunning(running.direction(), List.of())
                                        : outcome;
                            }
                        }));
    }

    private static List<Mutant<LivepatchControllerSubject>> goingBack() {
        return List.of(
                mutant("LC-5", "leaves the module of what it reverses", (setting, controller) -> new Bent(controller) {
                    @Override
                    public TransitionOutcome load(LivepatchModule module, TransitionPolicy policy, Context context) {
                        TransitionOutcome outcome = super.load(module, policy, context);
                        if (outcome instanceof Reversed) {
                            setting.kernel.resume().load(module, policy, setting.clock.context());
                            setting.kernel.disable(module.manifest().name(), policy, setting.clock.context());
                        }
                        return outcome;
                    }
                }),
                mutant("LC-5", "does not say who blocked it", (setting, controller) -> new Bent(controller) {
                    @Override
                    TransitionOutcome bend(TransitionOutcome outcome) {
                        return outcome instanceof Reversed ? new Reversed(List.of()) : outcome;
                    }
                }),
                mutant("LC-5", "does not stop when it is asked to", (setting, controller) -> new Bent(controller) {
                    @Override
                    Context bend(Context context) {
                        return context.with(CancellationToken.never());
                    }
                }));
    }

    private static List<Mutant<LivepatchControllerSubject>> telling() {
        return List.of(
                telling(
                        "EV-1",
                        "tells no end",
                        event -> Stream.of(event).filter(told -> !(told instanceof Event.Ended))),
                telling(
                        "EV-1",
                        "tells every end as a failure",
                        event -> Stream.of(
                                event instanceof Event.Ended ended
                                        ? new Event.Ended(ended.task(), Event.End.FAILED)
                                        : event)));
    }

    private static Mutant<LivepatchControllerSubject> telling(
            String rule, String fault, Function<Event, Stream<Event>> bend) {
        return mutant(rule, fault, (setting, controller) -> new Bent(controller) {
            @Override
            Context bend(Context context) {
                return context.with(event -> bend.apply(event).forEach(context::tell));
            }
        });
    }
}
