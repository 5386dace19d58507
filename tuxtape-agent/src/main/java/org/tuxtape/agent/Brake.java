package org.tuxtape.agent;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tuxtape.livepatch.sysfs.trial.BootLoad;

/** What keeps a machine as it is. */
record Brake(RunningKernel kernel, Path freeze, List<MaintenanceWindow> windows) {
    private static final int LONGEST = 300;

    /** Why nothing at all may be changed. */
    Optional<String> holdsAll() {
        if (kernel.isTurnedOff()) {
            return Optional.of("The kernel was booted with " + BootLoad.OFF + ".");
        }
        try {
            Files.readAttributes(freeze, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("Whether the machine is frozen cannot be found out: " + e + ".");
        }
        return Optional.of("It is frozen by " + freeze + firstLine() + ".");
    }

    private String firstLine() {
        // Whoever opens a pipe waits for somebody to write.
        if (!Files.isRegularFile(freeze)) {
            return "";
        }
        char[] text = new char[LONGEST];
        try (BufferedReader reader = Files.newBufferedReader(freeze)) {
            int length = Math.max(0, reader.read(text));
            String line = new String(text, 0, length).lines().findFirst().orElse("");
            String printable = line.replaceAll("[\\p{Cc}\\p{Cf}]+", " ").strip();
            return printable.isEmpty() ? "" : ": " + printable.replaceAll("\\.+$", "");
        } catch (CharacterCodingException e) {
            return ", which is no text";
        } catch (IOException e) {
            return ", which cannot be read";
        }
    }

    /** When the next window opens, if none is open now. */
    Optional<Instant> holdsNewUntil(Instant now) {
        if (windows.isEmpty() || windows.stream().anyMatch(window -> window.isOpen(now))) {
            return Optional.empty();
        }
        return windows.stream().map(window -> window.opensAfter(now)).min(Instant::compareTo);
    }
}
