package org.tuxtape.examples;

import java.util.Collection;
import org.tuxtape.core.profile.FilePresence;
import org.tuxtape.core.profile.FunctionPresence;
import org.tuxtape.core.triage.ChangedFunction;
import org.tuxtape.core.triage.Evidence;
import org.tuxtape.core.triage.MovedFile;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a rung of the ladder found, as JSON. */
final class EvidenceJson {
    private EvidenceJson() {}

    static void put(ObjectNode node, Evidence evidence) {
        node.put("rung", evidence.rung().toString());
        evidence.decides().ifPresent(status -> node.put("decides", status.toString()));
        node.put("weak", evidence.isWeak()).put("reason", evidence.reason());
        if (evidence instanceof Evidence.Files files) {
            ObjectNode presences = node.putObject("files");
            files.files().forEach((path, presence) -> presence(presences.putObject(path.text()), presence));
            if (!files.moved().isEmpty()) {
                ArrayNode moves = node.putArray("moved");
                files.moved().forEach(move -> moved(moves.addObject(), move));
            }
        } else if (evidence instanceof Evidence.Functions functions) {
            ArrayNode changed = node.putArray("functions");
            functions.functions().forEach(function -> function(changed.addObject(), function));
            ObjectNode hunks = node.putObject("hunks");
            functions.hunks().forEach((hunk, inclusion) -> hunks.put(hunk.toString(), Words.key(inclusion)));
        } else if (evidence instanceof Evidence.Source source) {
            ObjectNode hunks = node.putObject("hunks");
            source.hunks().forEach((hunk, state) -> hunks.put(hunk.toString(), Words.key(state)));
        } else if (evidence instanceof Evidence.RunTime runTime) {
            ObjectNode modules = node.putObject("modules");
            runTime.modules().forEach((object, state) -> modules.put(object.name(), state.toString()));
        }
    }

    private static void presence(ObjectNode node, FilePresence presence) {
        if (presence instanceof FilePresence.Compiled compiled) {
            strings(node.put("presence", "compiled").putArray("objects"), compiled.objects());
        } else if (presence instanceof FilePresence.Included included) {
            node.put("presence", "included").put("units", included.units().size());
            strings(node.putArray("objects"), included.objects());
        } else if (presence instanceof FilePresence.Absent absent) {
            node.put("presence", "absent").put("reason", absent.reason());
        } else if (presence instanceof FilePresence.Unknown unknown) {
            node.put("presence", "unknown").put("reason", unknown.reason());
        }
    }

    private static void moved(ObjectNode node, MovedFile move) {
        node.put("listed", move.listed().text()).put("by", Words.key(move.by()));
        strings(node.putArray("found"), move.found());
    }

    private static void function(ObjectNode node, ChangedFunction function) {
        node.put("name", function.name()).put("file", function.file().text());
        if (function.presence() instanceof FunctionPresence.Present present) {
            strings(node.putArray("objects"), present.objects());
        }
    }

    private static void strings(ArrayNode array, Collection<?> values) {
        values.forEach(value -> array.add(value.toString()));
    }
}
