package org.tuxtape.feeds.internal.tree;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongConsumer;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;
import org.tuxtape.core.CancellationToken;
import org.tuxtape.core.TuxtapeException;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.feeds.internal.record.Content;
import org.tuxtape.feeds.internal.record.RecordFiles;
import org.tuxtape.feeds.internal.record.RecordParser;
import org.tuxtape.feeds.internal.record.RecordReading;
import org.tuxtape.git.GitLayout;
import org.tuxtape.git.GitObjects;
import org.tuxtape.git.GitRefs;

/** The records of a commit, or those that differ since another was read: first the rest of that one, then what is new. */
final class CommitWalk implements Walk {
    private static final int LARGEST_TREE = 1 << 26;
    private static final String GONE = "Its record is no longer in the tree; what it said before may not hold.";

    /**
     * The way from one commit to another.
     *
     * @param from the commit that was read before; empty if none was
     * @param changes the records to read in the other
     */
    private record Stage(Optional<Snapshot> from, Snapshot to, List<RecordChange> changes) {
        Cursor behind(int number) {
            return new CommitCursor(to.commit(), number == changes.size() ? Optional.empty() : within(number))
                    .toCursor();
        }

        private Optional<CommitCursor.Within> within(int number) {
            ObjectId base = from.map(Snapshot::commit).orElse(ObjectId.zeroId());
            return Optional.of(new CommitCursor.Within(base, number, name(number)));
        }

        private String name(int number) {
            return changes.get(number - 1).path().id().toString();
        }

        boolean has(CommitCursor.Within place) {
            return place.number() < changes.size() && name(place.number()).equals(place.name());
        }
    }

    private final GitObjects objects;
    private final Limits limits;
    private final Optional<Instant> date;
    private final Faults faults;
    private final CancellationToken cancellation;
    private final List<Stage> stages = new ArrayList<>();
    private @Nullable Stage stage;
    private int next;
    private long total;
    private long done;
    private long expanded;

    private CommitWalk(
            GitObjects objects, Limits limits, Optional<Instant> date, Faults faults, CancellationToken cancellation) {
        this.objects = objects;
        this.limits = limits;
        this.date = date;
        this.faults = faults;
        this.cancellation = cancellation;
    }

    /**
     * Opens a repository.
     *
     * @param ref the name of a branch or tag; empty for the HEAD
     * @param after the place behind which to read; empty for the start
     * @param date what records are dated that are not dated themselves; empty for the date of their commit
     */
    static CommitWalk open(
            Path repository,
            Optional<String> ref,
            Optional<CommitCursor> after,
            Limits limits,
            Optional<Instant> date,
            Faults faults,
            CancellationToken cancellation) {
        try {
            GitLayout layout = GitLayout.of(repository);
            GitRefs refs = GitRefs.of(layout);
            Optional<ObjectId> tip = ref.isPresent() ? refs.find(ref.get()) : refs.head();
            ObjectId commit = tip.orElseThrow(() -> faults.noCommit(ref.orElse(Constants.HEAD)));
            GitObjects objects = GitObjects.open(layout, LARGEST_TREE, cancellation);
            CommitWalk walk = new CommitWalk(objects, limits, date, faults, cancellation);
            try {
                walk.plan(commit, after);
                return walk;
            } catch (IOException | RuntimeException e) {
                walk.close();
                throw e;
            }
        } catch (IOException e) {
            throw faults.repository(e, repository);
        } catch (LargeObjectException e) {
            throw faults.largeTree(e);
        } catch (TuxtapeException e) {
            throw e;
        } catch (RuntimeException e) {
            // Objects that are whole and yet not by the rules come out of JGit in many ways.
            throw faults.damaged("a commit or tree that cannot be read", e);
        }
    }

    private void plan(ObjectId commit, Optional<CommitCursor> after) throws IOException {
        Snapshot tip;
        try {
            tip = Snapshot.of(commit, Optional.empty(), objects);
        } catch (MissingObjectException e) {
            throw faults.incomplete(e);
        }
        if (after.isEmpty()) {
            add(Optional.empty(), tip);
            if (total == 0) {
                throw faults.noRecords();
            }
            return;
        }
        CommitCursor cursor = after.get();
        Snapshot reached = cursor.commit().equals(tip.commit()) ? tip : past(cursor.commit(), cursor);
        if (cursor.within().isPresent()) {
            CommitCursor.Within place = cursor.within().get();
            boolean first = place.from().equals(ObjectId.zeroId());
            add(first ? Optional.empty() : Optional.of(past(place.from(), cursor)), reached);
            if (!stages.get(0).has(place)) {
                throw faults.noPlace(cursor.toCursor());
            }
            next = place.number();
            total -= next;
        }
        add(Optional.of(reached), tip);
    }

    private Snapshot past(ObjectId commit, CommitCursor cursor) throws IOException {
        try {
            return Snapshot.of(commit, Optional.of(cursor), objects);
        } catch (MissingObjectException | IncorrectObjectTypeException e) {
            throw faults.forgotten(commit, cursor.toCursor(), e);
        }
    }

    private void add(Optional<Snapshot> from, Snapshot to) throws IOException {
        Stage added = new Stage(from, to, TreeDelta.between(from, to, objects, faults, cancellation));
        stages.add(added);
        total += added.changes().size();
    }

    @Override
    public void begin(LongConsumer reached) {
        // The place was found when the stages were planned.
    }

    @Override
    public boolean advance() {
        while (!stages.isEmpty() && next == stages.get(0).changes().size()) {
            stages.remove(0);
            next = 0;
        }
        if (stages.isEmpty()) {
            return false;
        }
        stage = stages.get(0);
        next++;
        done++;
        return true;
    }

    private Stage stage() {
        return Objects.requireNonNull(stage, "no record yet");
    }

    private RecordChange change() {
        return stage().changes().get(next - 1);
    }

    @Override
    public RecordPath path() {
        return change().path();
    }

    @Override
    public RecordReading reading() {
        RecordPath path = path();
        RecordChange.Files files = change().files();
        if (files.json().isEmpty()) {
            return new RecordReading.Unreadable(GONE, Optional.empty());
        }
        return RecordParser.parse(new RecordFiles(
                path.id(),
                path.isRejected(),
                read(files.json().get()),
                files.dyad().map(this::read),
                files.cvss().map(this::read)));
    }

    private Content read(ObjectId blob) {
        try {
            Content content = Content.of(objects.read(blob, Constants.OBJ_BLOB, limits.largestMember()));
            expanded += content.size();
            limits.check(expanded);
            return content;
        } catch (LargeObjectException e) {
            return Content.tooLarge();
        } catch (MissingObjectException e) {
            throw faults.missing(stage().to(), e);
        } catch (IOException e) {
            throw faults.repository(e);
        }
    }

    @Override
    public Cursor place() {
        return stage().behind(next);
    }

    @Override
    public Optional<Instant> date() {
        return date.or(() -> stage().to().date());
    }

    @Override
    public OptionalLong total() {
        return OptionalLong.of(total);
    }

    @Override
    public long done() {
        return done;
    }

    @Override
    public String unit() {
        return "records";
    }

    @Override
    public void close() {
        objects.close();
    }
}
