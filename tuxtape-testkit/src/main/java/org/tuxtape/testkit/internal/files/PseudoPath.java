package org.tuxtape.testkit.internal.files;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A path in a pseudo file system. The empty path has one empty name, as those of Unix have. */
final class PseudoPath implements Path {
    private final PseudoFileSystem system;
    private final boolean absolute;
    private final List<String> names;

    PseudoPath(PseudoFileSystem system, boolean absolute, List<String> names) {
        this.system = system;
        this.absolute = absolute;
        this.names = List.copyOf(names);
    }

    static PseudoPath parse(PseudoFileSystem system, String text) {
        if (text.indexOf('\0') >= 0) {
            throw new InvalidPathException(text, "Nul character not allowed");
        }
        List<String> names =
                Stream.of(text.split("/")).filter(name -> !name.isEmpty()).toList();
        return new PseudoPath(
                system, text.startsWith("/"), names.isEmpty() && !text.startsWith("/") ? List.of("") : names);
    }

    /** Returns the names from the root on, without {@code .} and {@code ..}. */
    List<String> fromRoot() {
        List<String> way = new ArrayList<>();
        for (String name : names) {
            if (name.equals("..")) {
                way.subList(Math.max(0, way.size() - 1), way.size()).clear();
            } else if (!name.equals(".") && !name.isEmpty()) {
                way.add(name);
            }
        }
        return way;
    }

    private PseudoPath of(boolean isAbsolute, List<String> other) {
        return new PseudoPath(system, isAbsolute, other.isEmpty() && !isAbsolute ? List.of("") : other);
    }

    private boolean isEmpty() {
        return !absolute && names.equals(List.of(""));
    }

    @Override
    public FileSystem getFileSystem() {
        return system;
    }

    @Override
    public boolean isAbsolute() {
        return absolute;
    }

    @Override
    public @Nullable Path getRoot() {
        return absolute ? of(true, List.of()) : null;
    }

    @Override
    public @Nullable Path getFileName() {
        return names.isEmpty() ? null : of(false, names.subList(names.size() - 1, names.size()));
    }

    @Override
    public @Nullable Path getParent() {
        return names.size() > (absolute ? 0 : 1) ? of(absolute, names.subList(0, names.size() - 1)) : null;
    }

    @Override
    public int getNameCount() {
        return names.size();
    }

    @Override
    public Path getName(int index) {
        return subpath(index, index + 1);
    }

    @Override
    public Path subpath(int beginIndex, int endIndex) {
        if (beginIndex < 0 || endIndex > names.size() || beginIndex >= endIndex) {
            throw new IllegalArgumentException(this + " has no part from " + beginIndex + " to " + endIndex + ".");
        }
        return of(false, names.subList(beginIndex, endIndex));
    }

    @Override
    public boolean startsWith(Path other) {
        return other instanceof PseudoPath start
                && start.system.equals(system)
                && start.absolute == absolute
                && start.names.size() <= names.size()
                && names.subList(0, start.names.size()).equals(start.names);
    }

    @Override
    public boolean endsWith(Path other) {
        return other instanceof PseudoPath end
                && end.system.equals(system)
                && (end.absolute ? equals(end) : endsWithNames(end.names));
    }

    private boolean endsWithNames(List<String> end) {
        return end.size() <= names.size()
                && names.subList(names.size() - end.size(), names.size()).equals(end);
    }

    @Override
    public Path normalize() {
        if (absolute) {
            return of(true, fromRoot());
        }
        List<String> way = new ArrayList<>();
        for (String name : names) {
            int last = way.size() - 1;
            if (name.equals("..") && last >= 0 && !way.get(last).equals("..")) {
                way.remove(last);
            } else if (!name.equals(".")) {
                way.add(name);
            }
        }
        return of(false, way);
    }

    @Override
    public Path resolve(Path other) {
        PseudoPath added = own(other);
        if (added.absolute || isEmpty()) {
            return added;
        }
        if (added.isEmpty()) {
            return this;
        }
        List<String> all = new ArrayList<>(names);
        all.addAll(added.names);
        return of(absolute, all);
    }

    @Override
    public Path relativize(Path other) {
        PseudoPath target = own(other);
        if (target.absolute != absolute) {
            throw new IllegalArgumentException("Only one of " + this + " and " + other + " is absolute.");
        }
        List<String> from = isEmpty() ? List.of() : names;
        int common = 0;
        while (common < Math.min(from.size(), target.names.size())
                && from.get(common).equals(target.names.get(common))) {
            common++;
        }
        List<String> way = new ArrayList<>();
        for (int i = common; i < from.size(); i++) {
            way.add("..");
        }
        way.addAll(target.names.subList(common, target.names.size()));
        return of(false, way);
    }

    private PseudoPath own(Path other) {
        if (other instanceof PseudoPath path && path.system.equals(system)) {
            return path;
        }
        throw new ProviderMismatchException(other + " is of another file system.");
    }

    @Override
    public URI toUri() {
        return URI.create(
                PseudoProvider.SCHEME + "://" + toAbsolutePath().toString().replace(" ", "%20"));
    }

    @Override
    public Path toAbsolutePath() {
        return absolute ? this : of(true, isEmpty() ? List.of() : names);
    }

    @Override
    public Path toRealPath(LinkOption... options) throws IOException {
        Path real = toAbsolutePath().normalize();
        system.find(own(real));
        return real;
    }

    @Override
    public WatchKey register(WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
        throw new UnsupportedOperationException("The kernel tells nobody when its files change.");
    }

    @Override
    public int compareTo(Path other) {
        return toString().compareTo(own(other).toString());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PseudoPath path
                && path.system.equals(system)
                && path.absolute == absolute
                && path.names.equals(names);
    }

    @Override
    public int hashCode() {
        return Objects.hash(absolute, names);
    }

    @Override
    public String toString() {
        return (absolute ? "/" : "") + String.join("/", names);
    }
}
