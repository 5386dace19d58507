package org.tuxtape.examples.livepatch;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.tuxtape.core.livepatch.BlockingTask;
import org.tuxtape.core.livepatch.CveProtection;
import org.tuxtape.core.livepatch.Livepatch;
import org.tuxtape.core.livepatch.LivepatchName;
import org.tuxtape.core.livepatch.LoadPlan;
import org.tuxtape.core.livepatch.LoadPlan.Obstacle;
import org.tuxtape.core.livepatch.PatchedFunction;
import org.tuxtape.core.livepatch.TransitionOutcome;
import org.tuxtape.examples.Words;
import org.tuxtape.livepatch.sysfs.kernel.MachineState;
import org.tuxtape.livepatch.sysfs.log.KernelEvent;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the commands print, as JSON. What is unknown is absent, never null. */
final class LivepatchJson {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final ObjectWriter PRETTY = MAPPER.writerWithDefaultPrettyPrinter();

    private LivepatchJson() {}

    static String write(Consumer<ObjectNode> content) {
        ObjectNode node = MAPPER.createObjectNode();
        content.accept(node);
        return PRETTY.writeValueAsString(node);
    }

    static void machine(ObjectNode node, MachineState machine, List<BlockingTask> blocking, List<CveProtection> cves) {
        node.put("release", machine.release().text());
        ObjectNode taint = node.putObject("taint").put("mask", machine.taint().mask());
        ArrayNode flags = taint.putArray("flags");
        machine.taint().flags().forEach(flag -> flags.add(Words.key(flag)));
        machine.lockdown().ifPresent(lockdown -> node.put("lockdown", lockdown));
        ArrayNode livepatches = node.putArray("livepatches");
        machine.livepatches().forEach(livepatch -> livepatch(livepatches.addObject(), livepatch));
        names(node.putArray("leftovers"), machine.leftovers());
        if (machine.transition().isPresent()) {
            tasks(node.putArray("blocking"), blocking);
        }
        ArrayNode protections = node.putArray("cves");
        cves.forEach(cve -> protection(protections.addObject(), cve));
    }

    private static void livepatch(ObjectNode node, Livepatch livepatch) {
        node.put("name", livepatch.name().text())
                .put("enabled", livepatch.enabled())
                .put("transition", livepatch.inTransition());
        livepatch.replacement().ifPresent(replacement -> node.put("replacement", Words.key(replacement)));
        livepatch.stackOrder().ifPresent(order -> node.put("stackOrder", order));
        ArrayNode objects = node.putArray("objects");
        livepatch.objects().forEach(object -> {
            ObjectNode each = objects.addObject().put("name", object.objectName());
            object.patched().ifPresent(patched -> each.put("patched", patched));
            ArrayNode functions = each.putArray("functions");
            object.functions()
                    .forEach(function ->
                            functions.addObject().put("name", function.name()).put("sympos", function.sympos()));
        });
    }

    private static void protection(ObjectNode node, CveProtection protection) {
        node.put("cve", protection.cve().toString()).put("state", Words.key(protection.state()));
        protection.by().ifPresent(name -> node.put("by", name.text()));
        ArrayNode missing = node.putArray("missing");
        protection.missing().forEach(missing::add);
    }

    static String of(LoadPlan plan) {
        return write(node -> plan(node, plan));
    }

    private static void plan(ObjectNode node, LoadPlan plan) {
        node.put("name", plan.name().text()).put("clear", plan.isClear());
        functions(node.putArray("patched"), plan.patched());
        functions(node.putArray("kept"), plan.kept());
        functions(node.putArray("reverted"), plan.reverted());
        names(node.putArray("replaced"), plan.replaced());
        ArrayNode absent = node.putArray("absent");
        plan.absent().forEach(absent::add);
        ArrayNode obstacles = node.putArray("obstacles");
        plan.obstacles().forEach(obstacle -> obstacle(obstacles.addObject(), obstacle));
        remarks(node, plan.remarks());
    }

    private static void functions(ArrayNode array, Collection<PatchedFunction> functions) {
        functions.forEach(function -> array.addObject()
                .put("object", function.object().name())
                .put("name", function.name())
                .put("sympos", function.sympos()));
    }

    private static void obstacle(ObjectNode node, Obstacle obstacle) {
        node.put("cause", Words.key(obstacle.cause()))
                .put("errno", obstacle.errno())
                .put("reason", obstacle.reason());
    }

    static String of(LivepatchName name, TransitionOutcome outcome) {
        return write(node -> outcome(node.put("name", name.text()), outcome));
    }

    static String alreadySo() {
        return write(node -> outcome(node, new TransitionOutcome.AlreadySo()));
    }

    static String leftovers(Map<LivepatchName, TransitionOutcome> removals) {
        return write(node -> {
            ArrayNode array = node.putArray("leftovers");
            removals.forEach((name, outcome) -> outcome(array.addObject().put("name", name.text()), outcome));
        });
    }

    static void outcome(ObjectNode node, TransitionOutcome outcome) {
        if (outcome instanceof TransitionOutcome.Completed completed) {
            node.put("outcome", "completed")
                    .put("seconds", Words.seconds(completed.took()))
                    .put("forced", completed.forced());
            remarks(node, completed.remarks());
        } else if (outcome instanceof TransitionOutcome.AlreadySo) {
            node.put("outcome", "already_so");
        } else if (outcome instanceof TransitionOutcome.Reversed reversed) {
            node.put("outcome", "reversed");
            tasks(node.putArray("blocking"), reversed.blocking());
        } else if (outcome instanceof TransitionOutcome.StillRunning running) {
            node.put("outcome", "still_running").put("direction", Words.key(running.direction()));
            tasks(node.putArray("blocking"), running.blocking());
        } else if (outcome instanceof TransitionOutcome.Refused refused) {
            obstacle(node.put("outcome", "refused").putObject("obstacle"), refused.obstacle());
        } else if (outcome instanceof TransitionOutcome.Cancelled cancelled) {
            node.put("outcome", "cancelled");
            tasks(node.putArray("blocking"), cancelled.blocking());
        }
    }

    /** Returns one line. */
    static String line(LoadProof proof) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("name", proof.manifest().name().text())
                .put("sha256", proof.manifest().sha256())
                .put("proven", proof.isGiven());
        outcome(node.putObject("load"), proof.loaded());
        proof.shown().ifPresent(livepatch -> livepatch(node.putObject("shown"), livepatch));
        ArrayNode inForce = node.putArray("inForce");
        proof.inForce().forEach(cve -> protection(inForce.addObject(), cve));
        proof.disabled().ifPresent(outcome -> outcome(node.putObject("disable"), outcome));
        proof.removed().ifPresent(outcome -> outcome(node.putObject("unload"), outcome));
        ArrayNode afterwards = node.putArray("afterwards");
        proof.afterwards().forEach(cve -> protection(afterwards.addObject(), cve));
        return MAPPER.writeValueAsString(node);
    }

    /** Returns one line. */
    static String line(KernelEvent event) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("sinceBoot", Words.seconds(event.sinceBoot()));
        if (event instanceof KernelEvent.Livepatching step) {
            node.put("kind", "livepatch").put("step", Words.key(step.kind()));
            step.livepatch().ifPresent(name -> node.put("name", name.text()));
            node.put("text", step.text());
        } else if (event instanceof KernelEvent.Trouble trouble) {
            node.put("kind", "trouble")
                    .put("trouble", Words.key(trouble.kind()))
                    .put("text", trouble.title());
            ArrayNode trace = node.putArray("trace");
            trouble.trace().forEach(trace::add);
            ArrayNode modules = node.putArray("modules");
            trouble.modules().forEach(modules::add);
        } else if (event instanceof KernelEvent.Lost lost) {
            node.put("kind", "lost").put("messages", lost.messages());
        }
        return MAPPER.writeValueAsString(node);
    }

    private static void tasks(ArrayNode array, List<BlockingTask> tasks) {
        for (BlockingTask task : tasks) {
            ObjectNode node = array.addObject()
                    .put("pid", task.pid())
                    .put("tid", task.tid())
                    .put("name", task.name())
                    .put("kind", Words.key(task.kind()))
                    .put("state", String.valueOf(task.state()));
            ArrayNode stack = node.putArray("stack");
            task.stack().forEach(stack::add);
            task.sleepsOn().ifPresent(function -> node.put("sleepsOn", function));
        }
    }

    private static void remarks(ObjectNode node, List<String> remarks) {
        ArrayNode array = node.putArray("remarks");
        remarks.forEach(array::add);
    }

    static void names(ArrayNode array, List<LivepatchName> names) {
        names.forEach(name -> array.add(name.text()));
    }
}
