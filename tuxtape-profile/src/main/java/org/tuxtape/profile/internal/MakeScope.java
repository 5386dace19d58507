package org.tuxtape.profile.internal;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The variables of one run of make: those of its makefiles, and those that no makefile can change. */
final class MakeScope {
    private final Map<String, Variable> variables;
    private final Set<String> fixed;
    private final Set<String> exported = new HashSet<>();

    /**
     * A variable.
     *
     * @param text its value; one that is recursive is expanded where it is used
     */
    record Variable(String text, boolean recursive) {}

    private MakeScope(Map<String, Variable> variables, Set<String> fixed) {
        this.variables = variables;
        this.fixed = fixed;
    }

    /** Starts with variables as of the command line. */
    static MakeScope of(Map<String, String> given) {
        Map<String, Variable> variables = new HashMap<>();
        given.forEach((name, value) -> variables.put(name, new Variable(value, false)));
        return new MakeScope(variables, Set.copyOf(given.keySet()));
    }

    /** Returns what a make below this one starts with: what was given, and what was exported. */
    MakeScope below() {
        Map<String, Variable> inherited = new HashMap<>();
        variables.forEach((name, variable) -> {
            if (fixed.contains(name) || exported.contains(name)) {
                inherited.put(name, variable);
            }
        });
        return new MakeScope(inherited, fixed);
    }

    /** Returns a scope of its own with the same variables. */
    MakeScope copy() {
        return new MakeScope(new HashMap<>(variables), fixed);
    }

    Optional<Variable> find(String name) {
        return Optional.ofNullable(variables.get(name));
    }

    void set(String name, String text, boolean recursive) {
        if (!fixed.contains(name)) {
            variables.put(name, new Variable(text, recursive));
        }
    }

    /** Sets a variable for the time of a call, whatever it is. */
    void put(String name, Optional<Variable> variable) {
        variable.ifPresentOrElse(value -> variables.put(name, value), () -> variables.remove(name));
    }

    void export(String name) {
        exported.add(name);
    }
}
