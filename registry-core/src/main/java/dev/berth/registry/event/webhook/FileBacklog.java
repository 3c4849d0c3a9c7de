package dev.berth.registry.event.webhook;

import dev.berth.registry.lock.LockFile;
import dev.berth.registry.lock.LockedException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;

/**
 * A backlog in a directory, which outlives the process. Notifications are lines of text in segments: files that are written at
 * their end only, and deleted when all in them has been taken. A line is the time in milliseconds and the notification. A file
 * called {@code taken} says up to where.
 *
 * <p>Nothing is forced to the disk: the end of the process loses nothing, a power cut the last seconds.
 */
final class FileBacklog implements Backlog {

    /** Beyond this a segment is not continued. */
    static final int SEGMENT_SIZE = 1 << 20;

    private final SegmentFiles segments;
    private final TakenMark taken;
    private final LockFile lock;
    private long headSegment;
    private long headOffset;
    private long tailSegment;
    private FileChannel tail;
    private long tailSize;
    private InputStream reader;
    private Optional<Line> head = Optional.empty();
    private long number;
    private long size;
    private long bytes;

    /** The first line, and how many bytes it takes in its segment. */
    private record Line(Entry entry, long length) {}

    /**
     * Opens the backlog of a directory, which is made if it is not there.
     *
     * @throws IOException if it cannot be used, or somebody else uses it; the message says who
     */
    static FileBacklog open(Path directory) throws IOException {
        Files.createDirectories(directory);
        LockFile lock = lock(directory);
        try {
            return new FileBacklog(new SegmentFiles(directory), TakenMark.in(directory), lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static LockFile lock(Path directory) throws IOException {
        Path file = directory.resolve("lock");
        LockFile.create(file);
        try {
            return LockFile.take(file);
        } catch (LockedException e) {
            throw new IOException(
                    "Another registry sends what waits in " + directory + ", that of " + e.holder()
                            + ": give each a directory of its own, and each endpoint a name of its own",
                    e);
        }
    }

    private FileBacklog(SegmentFiles segments, TakenMark taken, LockFile lock) throws IOException {
        this.segments = segments;
        this.taken = taken;
        this.lock = lock;
        SegmentFiles.Found found = segments.recover(taken.segment(), taken.offset());
        headSegment = found.headSegment();
        headOffset = found.headOffset();
        tailSegment = found.tailSegment();
        size = found.lines();
        bytes = found.bytes();
        tail = openTail();
        tailSize = tail.size();
        reader = openReader();
    }

    private FileChannel openTail() throws IOException {
        return FileChannel.open(
                segments.file(tailSegment),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.APPEND);
    }

    private InputStream openReader() throws IOException {
        InputStream in = Files.newInputStream(segments.file(headSegment));
        in.skipNBytes(headOffset);
        return new BufferedInputStream(in, 16 << 10);
    }

    @Override
    public void add(Instant time, String json) throws IOException {
        if (tailSize >= SEGMENT_SIZE) {
            tail.close();
            tailSegment++;
            tail = openTail();
            tailSize = 0;
        }
        ByteBuffer line = ByteBuffer.wrap((time.toEpochMilli() + " " + json + "\n").getBytes(StandardCharsets.UTF_8));
        int length = line.remaining();
        try {
            while (line.hasRemaining()) {
                tail.write(line);
            }
        } catch (IOException e) {
            // Half a line would be taken for the beginning of the next.
            tail.truncate(tailSize);
            throw e;
        }
        tailSize += length;
        size++;
        bytes += length;
    }

    @Override
    public Optional<Entry> first() throws IOException {
        while (head.isEmpty() && size > 0) {
            head = read();
        }
        return head.map(Line::entry);
    }

    /** Reads the next line; empty if it was none of a backlog's, and was passed over. */
    private Optional<Line> read() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
        int next = reader.read();
        while (next >= 0 && next != '\n') {
            line.write(next);
            next = reader.read();
        }
        if (next < 0) {
            nextSegment();
            return Optional.empty();
        }
        byte[] content = line.toByteArray();
        Optional<Entry> entry = parse(content);
        if (entry.isEmpty()) {
            advance(content.length + 1L);
        }
        return entry.map(e -> new Line(e, content.length + 1L));
    }

    private Optional<Entry> parse(byte[] line) {
        int space = 0;
        long millis = 0;
        while (space < line.length && line[space] >= '0' && line[space] <= '9' && space < 15) {
            millis = millis * 10 + line[space] - '0';
            space++;
        }
        boolean whole = space > 0
                && line.length > space + 2
                && line[space] == ' '
                && line[space + 1] == '{'
                && line[line.length - 1] == '}';
        if (!whole) {
            return Optional.empty();
        }
        number++;
        String json = new String(line, space + 1, line.length - space - 1, StandardCharsets.UTF_8);
        return Optional.of(new Entry(number, Instant.ofEpochMilli(millis), json));
    }

    @Override
    public void remove(Entry first) throws IOException {
        if (head.isPresent() && head.get().entry().number() == first.number()) {
            long length = head.get().length();
            head = Optional.empty();
            advance(length);
        }
    }

    private void advance(long length) throws IOException {
        headOffset += length;
        size--;
        bytes -= length;
        if (headSegment < tailSegment && headOffset >= segments.size(headSegment)) {
            nextSegment();
        } else {
            taken.write(headSegment, headOffset);
        }
    }

    private void nextSegment() throws IOException {
        if (headSegment == tailSegment) {
            throw new IOException("The backlog in " + segments.directory() + " has been cut short by somebody else");
        }
        reader.close();
        long finished = headSegment;
        headSegment++;
        headOffset = 0;
        // Marked first: a crash before the deletion leaves a file that the next start removes.
        taken.write(headSegment, 0);
        Files.deleteIfExists(segments.file(finished));
        reader = openReader();
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public void close() throws IOException {
        try (lock;
                taken) {
            reader.close();
            tail.close();
        }
    }
}
