package org.tuxtape.examples.livepatch;

import java.util.List;
import java.util.Optional;
import org.tuxtape.core.Context;
import org.tuxtape.core.livepatch.CveProtection;
import org.tuxtape.core.livepatch.CveProtection.State;
import org.tuxtape.core.livepatch.Livepatch;
import org.tuxtape.core.livepatch.LivepatchController;
import org.tuxtape.core.livepatch.LivepatchModule;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.Manifest;
import org.tuxtape.core.livepatch.TransitionOutcome;
import org.tuxtape.core.livepatch.TransitionPolicy;

/**
 * What the kernel said of a module that was loaded and taken out again.
 *
 * @param manifest what the module claims
 * @param loaded how its loading ended
 * @param shown the livepatch as the kernel then showed it; empty if it did not
 * @param inForce what then held of its CVEs
 * @param disabled how its disabling ended; empty if it was not in force
 * @param removed how its removal ended; empty if it did not come to that
 * @param afterwards what held of its CVEs at the end
 */
record LoadProof(
        Manifest manifest,
        TransitionOutcome loaded,
        Optional<Livepatch> shown,
        List<CveProtection> inForce,
        Optional<TransitionOutcome> disabled,
        Optional<TransitionOutcome> removed,
        List<CveProtection> afterwards) {

    static LoadProof of(
            LivepatchController controller, LivepatchModule module, TransitionPolicy policy, Context context) {
        Manifest manifest = module.manifest();
        LivepatchName name = manifest.name();
        TransitionOutcome loaded = controller.load(module, policy, context);
        List<Livepatch> during = controller.loaded();
        Optional<TransitionOutcome> disabled =
                Optional.of(loaded).filter(Change::isAsAsked).map(done -> controller.disable(name, policy, context));
        Optional<TransitionOutcome> removed =
                disabled.filter(Change::isAsAsked).map(done -> controller.unload(name, context));
        return new LoadProof(
                manifest,
                loaded,
                during.stream()
                        .filter(livepatch -> livepatch.name().equals(name))
                        .findFirst(),
                CveProtection.of(during, List.of(manifest)),
                disabled,
                removed,
                CveProtection.of(controller.loaded(), List.of(manifest)));
    }

    /** Tells whether every CVE was fixed while it was in force, and none is after it was taken out. */
    boolean isGiven() {
        return !inForce.isEmpty()
                && inForce.stream().allMatch(cve -> cve.state() == State.FIXED)
                && removed.filter(Change::isAsAsked).isPresent()
                && afterwards.stream().allMatch(cve -> cve.state() == State.NOT_FIXED);
    }
}
