package org.tuxtape.profile.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.tuxtape.core.profile.ProfileException;
import org.tuxtape.core.profile.ProfileException.Fault;
import org.tuxtape.profile.internal.TreeWalk.CmdPath;

/** Reads many {@code .cmd} files with several threads. What comes out does not depend on how many there are. */
final class CmdReader {
    private static final int LARGEST = 4 << 20;

    private final List<CmdPath> paths;
    private final AtomicReferenceArray<Outcome> outcomes;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();

    private sealed interface Outcome {
        record Read(CmdFile file) implements Outcome {}

        record Illegible(String why) implements Outcome {}

        record Refused(ProfileException why) implements Outcome {}
    }

    /**
     * What was read.
     *
     * @param files in the order of the paths
     * @param illegible what is wrong with each file that holds no command or could not be read
     */
    record Result(List<CmdFile> files, List<String> illegible) {}

    private CmdReader(List<CmdPath> paths) {
        this.paths = paths;
        this.outcomes = new AtomicReferenceArray<>(paths.size());
    }

    /**
     * Reads the files.
     *
     * @param threads how many, at least 1
     * @throws ProfileException if a file has 4 MiB or more
     */
    static Result read(List<CmdPath> paths, int threads, Task task) {
        CmdReader reader = new CmdReader(paths);
        Workers.run(threads, reader::work, reader.done::get, task);
        return reader.result();
    }

    private void work(BooleanSupplier stopped) {
        TokenTable tokens = new TokenTable();
        Buffer buffer = new Buffer();
        for (int i = next.getAndIncrement(); i < paths.size() && !stopped.getAsBoolean(); i = next.getAndIncrement()) {
            CmdPath path = paths.get(i);
            try {
                buffer.load(path.path());
                outcomes.set(i, parse(path, buffer, tokens));
            } catch (IOException e) {
                outcomes.set(i, new Outcome.Illegible(Faults.problem(path.path(), e)));
            } catch (ProfileException e) {
                outcomes.set(i, new Outcome.Refused(e));
            }
            done.incrementAndGet();
        }
    }

    private static Outcome parse(CmdPath path, Buffer buffer, TokenTable tokens) {
        return CmdParser.parse(path.target(), buffer.bytes, buffer.length, tokens)
                .<Outcome>map(Outcome.Read::new)
                .orElseGet(() -> new Outcome.Illegible(path.path() + " holds no command"));
    }

    /** Holds one whole file at a time. */
    private static final class Buffer {
        private byte[] bytes = new byte[1 << 17];
        private int length;

        private void load(Path path) throws IOException {
            length = 0;
            try (SeekableByteChannel channel = Files.newByteChannel(path)) {
                for (int read = 0; read >= 0; read = channel.read(ByteBuffer.wrap(bytes, length, free()))) {
                    length += read;
                    if (length == LARGEST) {
                        throw Faults.of(path, Fault.LIMIT_EXCEEDED, "has " + (LARGEST >> 20) + " MiB or more");
                    }
                    if (free() == 0) {
                        bytes = Arrays.copyOf(bytes, bytes.length * 2);
                    }
                }
            }
        }

        private int free() {
            return bytes.length - length;
        }
    }

    /** Of several files that were refused, the first is reported whatever the threads did. */
    private Result result() {
        List<CmdFile> files = new ArrayList<>(paths.size());
        List<String> illegible = new ArrayList<>();
        for (int i = 0; i < paths.size(); i++) {
            @Nullable Outcome outcome = outcomes.get(i);
            if (outcome instanceof Outcome.Refused refused) {
                throw refused.why();
            } else if (outcome instanceof Outcome.Read read) {
                files.add(read.file());
            } else if (outcome instanceof Outcome.Illegible none) {
                illegible.add(none.why());
            }
        }
        return new Result(files, illegible);
    }
}
