package org.tuxtape.profile.internal;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tuxtape.core.kernel.KernelRelease;
import org.tuxtape.core.kernel.KernelVersion;

/** Reads the files that say which kernel a tree is. */
final class VersionFiles {
    private static final Pattern RELEASE_DEFINE = Pattern.compile("#define\\s+UTS_RELEASE\\s+\"([^\"]*)\"");
    // EXTRAVERSION: the candidate, and before 3.0 the number of the stable release; vendors append their own.
    private static final Pattern EXTRA = Pattern.compile("(\\.\\d{1,6})?(-rc\\d{1,6})?");

    private VersionFiles() {}

    /** Reads {@code include/config/kernel.release}: one line. */
    static Optional<KernelRelease> release(String text) {
        return KernelRelease.tryParse(text.strip());
    }

    /** Reads {@code include/generated/utsrelease.h}. */
    static Optional<KernelRelease> utsRelease(String header) {
        Matcher matcher = RELEASE_DEFINE.matcher(header);
        return matcher.find() ? KernelRelease.tryParse(matcher.group(1)) : Optional.empty();
    }

    /**
     * Reads the version at the top of the source's {@code Makefile}. Empty for the one that a build with {@code O=}
     * writes, which only includes it.
     */
    static Optional<KernelVersion> sourceVersion(String makefile) {
        Matcher extra = EXTRA.matcher(assigned(makefile, "EXTRAVERSION").orElse(""));
        String stable = extra.lookingAt() && extra.group(1) != null ? extra.group(1) : "";
        String candidate = extra.lookingAt() && extra.group(2) != null ? extra.group(2) : "";
        return numbers(assigned(makefile, "VERSION"), assigned(makefile, "PATCHLEVEL"), assigned(makefile, "SUBLEVEL"))
                .flatMap(numbers -> KernelVersion.tryParse(numbers + stable + candidate)
                        .or(() -> KernelVersion.tryParse(numbers + candidate)));
    }

    /** Reads what the build itself was told, {@code include/generated/uapi/linux/version.h}; old kernels wrote less. */
    static Optional<KernelVersion> builtVersion(String header) {
        return numbers(
                        defined(header, "LINUX_VERSION_MAJOR"),
                        defined(header, "LINUX_VERSION_PATCHLEVEL"),
                        defined(header, "LINUX_VERSION_SUBLEVEL"))
                .flatMap(KernelVersion::tryParse);
    }

    /** Puts the release together as the top Makefile does, short of the state of a git checkout. */
    static Optional<KernelRelease> release(String makefile, String localVersion) {
        return numbers(assigned(makefile, "VERSION"), assigned(makefile, "PATCHLEVEL"), assigned(makefile, "SUBLEVEL"))
                .flatMap(numbers -> KernelRelease.tryParse(
                        numbers + assigned(makefile, "EXTRAVERSION").orElse("") + localVersion));
    }

    /** Tells whether two versions differ in the candidate at most. */
    static boolean haveSameNumbers(KernelVersion one, KernelVersion other) {
        return one.isOnBranchOf(other) && one.stable() == other.stable();
    }

    private static Optional<String> numbers(Optional<String> first, Optional<String> second, Optional<String> third) {
        String end =
                third.filter(text -> !text.isEmpty()).map(text -> "." + text).orElse("");
        return first.flatMap(one -> second.map(two -> one + "." + two + end));
    }

    private static Optional<String> assigned(String makefile, String variable) {
        return first(makefile, "^" + variable + "[ \t]*=[ \t]*([^\\s#]*)");
    }

    private static Optional<String> defined(String header, String macro) {
        return first(header, "^#define[ \t]+" + macro + "[ \t]+(\\d+)");
    }

    private static Optional<String> first(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern, Pattern.MULTILINE).matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
