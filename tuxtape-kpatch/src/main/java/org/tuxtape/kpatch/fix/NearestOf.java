package org.tuxtape.kpatch.fix;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.tuxtape.core.CancelledException;
import org.tuxtape.core.Context;
import org.tuxtape.core.TuxtapeException;
import org.tuxtape.core.cve.Cve;
import org.tuxtape.core.fix.FixLine;
import org.tuxtape.core.fix.FixLookup;
import org.tuxtape.core.fix.FixSource;
import org.tuxtape.core.kernel.KernelBuild;

/** See {@link FixSources#firstOf(List)}. */
final class NearestOf implements FixSource {
    private final List<FixSource> sources;

    NearestOf(List<? extends FixSource> sources) {
        this.sources = List.copyOf(sources);
        if (this.sources.isEmpty()) {
            throw new IllegalArgumentException("There is at least one source.");
        }
    }

    @Override
    public FixLookup find(Cve cve, KernelBuild kernel, Context context) {
        return Task.run(context, "find the fix of " + cve.id(), "sources", task -> {
            Answers answers = new Answers(cve, kernel);
            for (FixSource source : sources) {
                try {
                    answers.add(source.find(cve, kernel, context));
                } catch (CancelledException e) {
                    throw e;
                } catch (TuxtapeException e) {
                    answers.faults.add(e);
                    task.note("A source of fixes was left out: " + e.getMessage());
                }
                if (answers.isFound()) {
                    break;
                }
                task.advance();
            }
            return answers.best();
        });
    }

    private static final class Answers {
        private final Comparator<FixLookup.NeedsBackport> order;
        private final List<TuxtapeException> faults = new ArrayList<>();
        private final List<FixLookup.NeedsBackport> backports = new ArrayList<>();
        private final List<FixLookup.Missing> missing = new ArrayList<>();
        private Optional<FixLookup.Found> found = Optional.empty();

        Answers(Cve cve, KernelBuild kernel) {
            order = Comparator.comparing(
                    backport -> FixLine.of(backport.fix(), cve), FixLine.nearestTo(kernel.version()));
        }

        void add(FixLookup lookup) {
            if (lookup instanceof FixLookup.Found other) {
                found = Optional.of(other);
            } else if (lookup instanceof FixLookup.NeedsBackport other) {
                backports.add(other);
            } else if (lookup instanceof FixLookup.Missing other) {
                missing.add(other);
            }
        }

        boolean isFound() {
            return found.isPresent();
        }

        FixLookup best() {
            if (found.isPresent()) {
                return found.get();
            }
            Optional<FixLookup.NeedsBackport> backport = backports.stream().min(order);
            if (backport.isPresent()) {
                return withFaults(backport.get());
            }
            if (!faults.isEmpty()) {
                TuxtapeException first = faults.get(0);
                faults.stream().skip(1).filter(fault -> fault != first).forEach(first::addSuppressed);
                throw first;
            }
            return new FixLookup.Missing(
                    missing.stream().map(FixLookup.Missing::reason).distinct().collect(Collectors.joining(" ")));
        }

        private FixLookup withFaults(FixLookup.NeedsBackport backport) {
            String unread = faults.stream()
                    .map(fault -> " A source that might have a better one was left out: " + fault.getMessage())
                    .collect(Collectors.joining());
            return unread.isEmpty()
                    ? backport
                    : new FixLookup.NeedsBackport(backport.fix(), backport.reason() + unread);
        }
    }
}
