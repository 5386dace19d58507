package org.tuxtape.core.livepatch;

import java.util.List;
import org.tuxtape.core.Context;

/**
 * Sees and changes the livepatches of one machine.
 *
 * <p>Implementers keep these rules:
 *
 * <ul>
 *   <li><b>LC-1</b> Reading MUST need no privilege beyond that of the files it reads.
 *   <li><b>LC-2</b> Nothing MUST change without an explicit call; forcing needs a {@link ForcePermit}.
 *   <li><b>LC-3</b> {@link #plan} MUST change nothing, and say what a load would do and which error it would meet.
 *   <li><b>LC-4</b> {@link #load} and {@link #disable} MUST return when the transition has ended or the policy's deadline
 *       has passed and was acted on.
 *   <li><b>LC-5</b> At the deadline the policy decides; a reversed load MUST leave no module behind and MUST report the
 *       tasks that blocked it.
 *   <li><b>LC-6</b> A CVE counts as fixed only where every object that it needs reports {@code patched} 1.
 *   <li><b>LC-7</b> Attributes MUST be found by looking, not by the kernel's version.
 * </ul>
 *
 * @since 0.1
 */
public interface LivepatchController {

    /**
     * Lists what is loaded.
     *
     * @return every livepatch that the kernel shows, in the order of its stack where that is known, else by name
     * @throws org.tuxtape.core.TuxtapeException if the kernel's files cannot be read
     */
    List<Livepatch> loaded();

    /**
     * Finds out what a load would do.
     *
     * @param module the module
     * @return the plan
     * @throws org.tuxtape.core.TuxtapeException if the kernel's files cannot be read; a module file that cannot is an
     *     obstacle
     */
    LoadPlan plan(LivepatchModule module);

    /**
     * Loads a module and sees its transition through. Loading what is in force already is
     * {@link TransitionOutcome.AlreadySo}; a module of that name that is loaded and not in force has to be unloaded first
     * and is {@link TransitionOutcome.Refused}.
     *
     * @param module the module
     * @param policy how long it may take, and what happens then
     * @param context cancellation, listener and clock
     * @return how it ended
     * @throws IllegalStateException if the policy forces and this controller has nowhere to write that down
     */
    TransitionOutcome load(LivepatchModule module, TransitionPolicy policy, Context context);

    /**
     * Disables a livepatch and sees the transition back through. The module stays loaded. Where there is no such
     * livepatch in force it is {@link TransitionOutcome.AlreadySo}.
     *
     * @param name the livepatch
     * @param policy how long it may take, and what happens then
     * @param context cancellation, listener and clock
     * @return how it ended
     * @throws IllegalStateException if the policy forces and this controller has nowhere to write that down
     */
    TransitionOutcome disable(LivepatchName name, TransitionPolicy policy, Context context);

    /**
     * Removes the module of a livepatch that is disabled or was replaced.
     *
     * @param name the livepatch
     * @param context cancellation, listener and clock
     * @return {@link TransitionOutcome.Completed}, {@link TransitionOutcome.AlreadySo} if there is no such module, or
     *     {@link TransitionOutcome.Refused}
     */
    TransitionOutcome unload(LivepatchName name, Context context);
}
