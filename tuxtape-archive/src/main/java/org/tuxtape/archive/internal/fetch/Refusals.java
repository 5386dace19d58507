package org.tuxtape.archive.internal.fetch;

import org.tuxtape.archive.trust.ArchiveException;
import org.tuxtape.archive.trust.ArchiveException.Fault;

/** Why a file was not read. */
final class Refusals {
    private Refusals() {}

    static ArchiveException tooLong(String name, long most) {
        return new ArchiveException(Fault.LENGTH, name, name + " is longer than " + most + " bytes.");
    }

    static ArchiveException unreachable(String name, Throwable cause) {
        return new ArchiveException(Fault.UNREACHABLE, name, name + " cannot be read: " + cause + ".", cause);
    }
}
