package dev.berth.registry.event.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The segments of a backlog, files with numbers that count up.
 *
 * @param directory where they are
 */
record SegmentFiles(Path directory) {

    private static final Pattern NAME = Pattern.compile("([0-9]{1,18})\\.events");

    /**
     * What there is at a start.
     *
     * @param headSegment the segment with the first line that waits
     * @param headOffset where it is in there
     * @param tailSegment the segment to go on with
     * @param lines how many lines wait
     * @param bytes how many bytes they have
     */
    record Found(long headSegment, long headOffset, long tailSegment, long lines, long bytes) {}

    Path file(long segment) {
        return directory.resolve(segment + ".events");
    }

    long size(long segment) throws IOException {
        return Files.size(file(segment));
    }

    /** Removes what has been taken as a whole, cuts off the half line that a crash may leave, and counts the rest. */
    Found recover(long takenSegment, long takenOffset) throws IOException {
        TreeSet<Long> there = list();
        for (Long finished : new TreeSet<>(there.headSet(takenSegment))) {
            Files.deleteIfExists(file(finished));
            there.remove(finished);
        }
        if (there.isEmpty()) {
            long fresh = Math.max(1, takenSegment + 1);
            Files.createFile(file(fresh));
            return new Found(fresh, 0, fresh, 0, 0);
        }
        long headSegment = there.first();
        long headOffset = headSegment == takenSegment ? Math.min(takenOffset, size(headSegment)) : 0;
        long lines = 0;
        long bytes = 0;
        for (long segment : there) {
            long offset = segment == headSegment ? headOffset : 0;
            Lines found = count(segment, offset);
            if (found.whole() < size(segment)) {
                cut(segment, found.whole());
            }
            lines += found.count();
            bytes += found.whole() - offset;
        }
        // Gaps are bridged by empty segments, so that one follows the other.
        for (long segment = headSegment; segment < there.last(); segment++) {
            if (!there.contains(segment)) {
                Files.createFile(file(segment));
            }
        }
        return new Found(headSegment, headOffset, there.last(), lines, bytes);
    }

    private TreeSet<Long> list() throws IOException {
        TreeSet<Long> numbers = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
                if (name.matches()) {
                    numbers.add(Long.parseLong(name.group(1)));
                }
            }
        }
        return numbers;
    }

    /** How many lines there are from an offset on, and where the last of them ends. */
    private record Lines(long count, long whole) {}

    private Lines count(long segment, long offset) throws IOException {
        long count = 0;
        long whole = offset;
        try (InputStream in = Files.newInputStream(file(segment))) {
            in.skipNBytes(offset);
            byte[] buffer = new byte[64 << 10];
            long position = offset;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                for (int i = 0; i < read; i++) {
                    if (buffer[i] == '\n') {
                        count++;
                        whole = position + i + 1;
                    }
                }
                position += read;
            }
        }
        return new Lines(count, whole);
    }

    private void cut(long segment, long length) throws IOException {
        try (FileChannel channel = FileChannel.open(file(segment), StandardOpenOption.WRITE)) {
            channel.truncate(length);
        }
    }
}
