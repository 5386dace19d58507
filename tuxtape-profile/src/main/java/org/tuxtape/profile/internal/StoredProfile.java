package org.tuxtape.profile.internal;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.tuxtape.core.disk.WholeFile;
import org.tuxtape.core.profile.ProfileException;
import org.tuxtape.core.profile.ProfileException.Fault;

/** The envelope of a portable profile: what it is, of which version, and the checksum of what follows. */
public final class StoredProfile {
    private static final int VERSION = 1;
    private static final int LARGEST = 512 << 20;
    private static final int LONGEST_HEAD = 200;
    private static final String TAIL = "}\n";
    private static final Pattern HEAD = Pattern.compile(
            "\\{\"format\":\"tuxtape-profile\",\"version\":(\\d{1,9}),(?:\"sha256\":\"([0-9a-f]{64})\",\"profile\":)?");

    private StoredProfile() {}

    /** Returns the bytes of the file. */
    public static byte[] bytes(Contents contents) {
        byte[] body = ProfileJson.bytes(contents);
        String head = "{\"format\":\"tuxtape-profile\",\"version\":" + VERSION + ",\"sha256\":\""
                + sha256(body, 0, body.length) + "\",\"profile\":";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length / 8 + 64);
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes, 1 << 16)) {
            gzip.write(head.getBytes(StandardCharsets.US_ASCII));
            gzip.write(body);
            gzip.write(TAIL.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new IllegalStateException("Memory does not fail.", e);
        }
        return bytes.toByteArray();
    }

    /** Writes the file whole or not at all. */
    public static void write(Contents contents, Path file) {
        byte[] bytes = bytes(contents);
        try {
            WholeFile.write(file, out -> out.write(bytes));
        } catch (IOException e) {
            throw Faults.notWritten(file, e);
        }
    }

    /** Reads the file. */
    public static Contents read(Path file) {
        byte[] bytes = expanded(file);
        Matcher head = head(file, bytes);
        if (Integer.parseInt(head.group(1)) != VERSION) {
            throw Faults.of(
                    file, Fault.WRONG_KIND, "is a portable profile of version " + head.group(1) + ", not " + VERSION);
        }
        int length = bytes.length - TAIL.length() - head.end();
        boolean ends = length >= 0 && bytes[bytes.length - 2] == '}' && bytes[bytes.length - 1] == '\n';
        if (head.group(2) == null || !ends || !sha256(bytes, head.end(), length).equals(head.group(2))) {
            throw Faults.of(file, Fault.DAMAGED, "is damaged: its checksum is another one");
        }
        return ProfileJsonReader.read(file, bytes, head.end(), length);
    }

    private static Matcher head(Path file, byte[] bytes) {
        String start = new String(bytes, 0, Math.min(bytes.length, LONGEST_HEAD), StandardCharsets.ISO_8859_1);
        Matcher head = HEAD.matcher(start);
        if (!head.lookingAt()) {
            throw Faults.of(file, Fault.WRONG_KIND, "is no portable profile");
        }
        return head;
    }

    private static byte[] expanded(Path file) {
        try (InputStream in = Files.newInputStream(file);
                InputStream gzip = new GZIPInputStream(in, 1 << 16)) {
            byte[] start = gzip.readNBytes(LONGEST_HEAD);
            head(file, start); // nothing else is expanded
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.writeBytes(start);
            bytes.writeBytes(gzip.readNBytes(LARGEST + 1 - start.length));
            if (bytes.size() > LARGEST) {
                throw Faults.of(file, Fault.LIMIT_EXCEEDED, "is larger than " + (LARGEST >> 20) + " MiB");
            }
            return bytes.toByteArray();
        } catch (EOFException e) {
            throw new ProfileException(file.toString(), Fault.DAMAGED, file + " is cut short.", e);
        } catch (ZipException e) {
            throw new ProfileException(
                    file.toString(), Fault.WRONG_KIND, file + " is no portable profile: " + e.getMessage() + ".", e);
        } catch (IOException e) {
            throw Faults.of(file, e);
        }
    }

    private static String sha256(byte[] bytes, int from, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, from, length);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
