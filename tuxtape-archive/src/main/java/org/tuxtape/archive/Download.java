package org.tuxtape.archive;

import org.tuxtape.archive.internal.fetch.Source;
import org.tuxtape.archive.internal.tuf.SignedFile;
import org.tuxtape.archive.trust.ArchiveException;
import org.tuxtape.archive.trust.ArchiveException.Fault;
import org.tuxtape.core.Context;

/** Fetches a published file, which is the one that was signed, or none. */
final class Download {
    private Download() {}

    static byte[] of(Source source, String path, SignedFile file, int most, Context context) {
        String place = "targets/" + file.place(path);
        if (file.length() > most) {
            throw new ArchiveException(Fault.LENGTH, path, path + " is longer than " + most + " bytes.");
        }
        byte[] content = source.read(place, file.length(), context)
                .orElseThrow(() -> new ArchiveException(
                        Fault.MISSING, source.name(place), source.name(place) + " does not exist."));
        if (!file.describes(content)) {
            throw new ArchiveException(
                    Fault.DIGEST, source.name(place), source.name(place) + " is not the file that was signed.");
        }
        return content;
    }
}
