package org.tuxtape.mail.internal.expand;

import java.nio.file.FileSystemException;

/** A directory stands where an archive was expected. */
final class DirectoryException extends FileSystemException {
    private static final long serialVersionUID = 1L;

    DirectoryException(String path) {
        super(path);
    }
}
