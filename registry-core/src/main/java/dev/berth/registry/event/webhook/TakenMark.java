package dev.berth.registry.event.webhook;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Up to where a backlog has been taken. One write of always the same length replaces what was there; if a power cut has
 * nonetheless made nonsense of it, all that is there counts as not taken.
 */
final class TakenMark implements Closeable {

    private static final Pattern MARK = Pattern.compile("([0-9]{18}) ([0-9]{18})\n");
    private static final int LENGTH = 38;

    private final FileChannel file;
    private final long segment;
    private final long offset;

    private TakenMark(FileChannel file, long segment, long offset) {
        this.file = file;
        this.segment = segment;
        this.offset = offset;
    }

    static TakenMark in(Path directory) throws IOException {
        FileChannel file = FileChannel.open(
                directory.resolve("taken"),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        ByteBuffer content = ByteBuffer.allocate(LENGTH + 1);
        file.read(content, 0);
        Matcher mark = MARK.matcher(new String(content.array(), 0, content.position(), StandardCharsets.US_ASCII));
        return mark.matches()
                ? new TakenMark(file, Long.parseLong(mark.group(1)), Long.parseLong(mark.group(2)))
                : new TakenMark(file, 0, 0);
    }

    /** The segment it was in when this was opened. */
    long segment() {
        return segment;
    }

    /** Where in that. */
    long offset() {
        return offset;
    }

    void write(long newSegment, long newOffset) throws IOException {
        String mark = String.format(Locale.ROOT, "%018d %018d\n", newSegment, newOffset);
        file.write(ByteBuffer.wrap(mark.getBytes(StandardCharsets.US_ASCII)), 0);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
