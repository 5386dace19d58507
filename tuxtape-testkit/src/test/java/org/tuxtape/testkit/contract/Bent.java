package org.tuxtape.testkit.contract;

import java.util.function.Function;
import java.util.stream.Stream;
import org.tuxtape.core.Context;
import org.tuxtape.core.Event;
import org.tuxtape.core.cve.Cursor;
import org.tuxtape.core.cve.CveEvent;
import org.tuxtape.core.cve.CveSource;
import org.tuxtape.core.cve.CveStream;
import org.tuxtape.core.cve.SourceId;

/** A correct source, to be bent in one place. */
class Bent implements CveSource {
    private final CveSource source;

    Bent(CveSource source) {
        this.source = source;
    }

    @Override
    public SourceId id() {
        return source.id();
    }

    @Override
    public CveStream open(Cursor after, Context context) {
        return source.open(after, context);
    }

    /** Tells other events than the source does. */
    static CveSource telling(CveSource source, Function<Event, Stream<Event>> bend) {
        return new Bent(source) {
            @Override
            public CveStream open(Cursor after, Context context) {
                return super.open(after, context.with(event -> bend.apply(event).forEach(context::tell)));
            }
        };
    }

    static CveSource silent(CveSource source) {
        return telling(source, event -> Stream.of());
    }

    /** Delivers another stream than the source does. */
    static CveSource streaming(CveSource source, Function<CveStream, CveStream> bend) {
        return new Bent(source) {
            @Override
            public CveStream open(Cursor after, Context context) {
                return bend.apply(super.open(after, context));
            }
        };
    }

    static class BentStream implements CveStream {
        private final CveStream stream;

        BentStream(CveStream stream) {
            this.stream = stream;
        }

        @Override
        public boolean hasNext() {
            return stream.hasNext();
        }

        @Override
        public CveEvent next() {
            return stream.next();
        }

        @Override
        public void close() {
            stream.close();
        }
    }
}
