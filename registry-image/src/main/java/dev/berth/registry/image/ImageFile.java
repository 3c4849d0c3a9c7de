package dev.berth.registry.image;

import dev.berth.registry.image.LayerEntry.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * A file, directory or link of an image's file system.
 *
 * @param path absolute, such as {@code /etc/passwd}
 * @param entry what the layer says of it; a hard link is shown as the file that it is another name for
 * @param layer the layer that it comes from
 * @param position which entry of the layer holds its content, from 0
 */
public record ImageFile(String path, LayerEntry entry, Layer layer, int position) {

    private static final int MOST = 64 << 20;

    /** What it is. */
    public Kind kind() {
        return entry.kind();
    }

    /** How many bytes its content has; 0 for all but files. */
    public long size() {
        return entry.size();
    }

    /** Mode, owner and time. */
    public Attributes attributes() {
        return entry.attributes();
    }

    /** The permission bits. */
    public int mode() {
        return entry.attributes().mode();
    }

    /** Where a link leads, as the layer has it; empty for all else. */
    public String target() {
        return entry.target();
    }

    /** Opens the content, by reading the layer up to it; the caller closes the stream. */
    public InputStream open() throws IOException {
        return TarEntries.open(layer, position);
    }

    /**
     * The content.
     *
     * @throws IOException if it is more than 64 MiB, for which there is {@link #open}
     */
    public byte[] bytes() throws IOException {
        if (size() > MOST) {
            throw new IOException(path + " has " + size() + " bytes, too many to be held in memory: open() it");
        }
        try (InputStream in = open()) {
            return in.readAllBytes();
        }
    }

    /** The content as text in UTF-8; else as {@link #bytes}. */
    public String text() throws IOException {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return path;
    }
}
