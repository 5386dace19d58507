package org.tuxtape.livepatch.sysfs.guest;

import java.time.Duration;
import java.util.List;
import org.tuxtape.core.Context;
import org.tuxtape.core.livepatch.CveProtection;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.TransitionOutcome;
import org.tuxtape.core.livepatch.TransitionPolicy;
import org.tuxtape.livepatch.sysfs.SysfsController;
import org.tuxtape.livepatch.sysfs.kernel.MachineState;

/** What a user without any privilege sees and gets to hear. Prints a line for each. */
final class OrdinaryUser {
    private OrdinaryUser() {}

    public static void main(String[] arguments) {
        SysfsController controller = SysfsController.ofThisMachine();
        Context context = Context.standard();
        TransitionPolicy policy = new TransitionPolicy.Reverse(Duration.ofSeconds(5));
        LivepatchName plain = LabModule.PLAIN.livepatchName();

        MachineState machine = controller.machine();
        say("loaded", controller.loaded().get(0).name());
        say("protected", controller.loaded().get(0).objects().get(0).patched());
        say(
                "fixed",
                CveProtection.of(
                                controller.loaded(),
                                List.of(LabModule.PLAIN.module().manifest()))
                        .get(0)
                        .state());
        say("taint", machine.taint().letters());
        say("references", machine.modules().get(0).references().orElse(-1));
        say("plan", controller.plan(LabModule.SMALL.module()).replaced());
        say(
                "plan errno",
                controller.plan(LabModule.SMALL.module()).obstacles().get(0).errno());
        say(
                "plan cause",
                controller.plan(LabModule.SMALL.module()).obstacles().get(0).cause());
        say("load", controller.load(LabModule.SMALL.module(), policy, context));
        say("disable", controller.disable(plain, policy, context));
        say("unload of what is disabled", controller.unload(LabModule.STATEFUL.livepatchName(), context));
        say("watch", controller.watch(policy, context));
    }

    private static void say(String what, Object answer) {
        String text = answer instanceof TransitionOutcome.Refused refused
                ? "refused, " + refused.obstacle().errno() + ", "
                        + refused.obstacle().cause() + ", " + refused.obstacle().reason()
                : answer.toString();
        System.out.println(what + ": " + text);
    }
}
