package dev.berth.registry.image;

import dev.berth.registry.image.LayerEntry.Kind;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Reads a layer's tar. */
final class TarEntries {

    private static final int BLOCK = 512;
    private static final int MOST = 1_000_000;

    private TarEntries() {}

    static void forEach(Layer layer, Layer.EntryVisitor visitor) throws IOException {
        try (InputStream stored = layer.open();
                InputStream plain = Compression.decompress(new Unclosed(stored))) {
            read(plain, layer, visitor);
            // What is behind the tar's end belongs to the layer, and its digest is known only when all has been read.
            plain.transferTo(OutputStream.nullOutputStream());
            stored.transferTo(OutputStream.nullOutputStream());
        }
    }

    private static void read(InputStream plain, Layer layer, Layer.EntryVisitor visitor) throws IOException {
        TarArchiveInputStream tar = new TarArchiveInputStream(new Unclosed(plain), StandardCharsets.UTF_8.name());
        int count = 0;
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            if (++count > MOST) {
                throw new IOException(layer.digest() + " has more than " + MOST + " entries, which is the limit");
            }
            visitor.visit(entry(entry), new Unclosed(tar));
        }
        if (count == 0 && tar.getBytesRead() < BLOCK) {
            throw new IOException(layer.digest() + " is no tar: it has not one block of " + BLOCK + " bytes");
        }
    }

    /** Opens the content of the entry that comes after {@code position} others; closing it closes the layer. */
    static InputStream open(Layer layer, int position) throws IOException {
        if (position < 0) {
            return InputStream.nullInputStream();
        }
        InputStream plain = layer.openTar();
        try {
            TarArchiveInputStream tar = new TarArchiveInputStream(plain, StandardCharsets.UTF_8.name());
            for (int i = 0; i <= position; i++) {
                if (tar.getNextEntry() == null) {
                    throw new IOException(layer.digest() + " has fewer entries than it had");
                }
            }
            return tar;
        } catch (IOException | RuntimeException e) {
            plain.close();
            throw e;
        }
    }

    private static LayerEntry entry(TarArchiveEntry tar) {
        Kind kind = kind(tar);
        Attributes attributes = new Attributes(
                tar.getMode() & 07777,
                Math.max(0, tar.getLongUserId()),
                Math.max(0, tar.getLongGroupId()),
                Instant.ofEpochSecond(tar.getLastModifiedTime().toInstant().getEpochSecond()));
        String target = kind == Kind.HARD_LINK ? trimmed(tar.getLinkName()) : tar.getLinkName();
        return new LayerEntry(trimmed(tar.getName()), kind, kind == Kind.FILE ? tar.getSize() : 0, attributes, target);
    }

    private static Kind kind(TarArchiveEntry tar) {
        if (tar.isSymbolicLink()) {
            return Kind.SYMLINK;
        }
        if (tar.isLink()) {
            return Kind.HARD_LINK;
        }
        if (tar.isDirectory()) {
            return Kind.DIRECTORY;
        }
        return tar.isFile() && !tar.isFIFO() && !tar.isBlockDevice() && !tar.isCharacterDevice()
                ? Kind.FILE
                : Kind.OTHER;
    }

    /** Without what different programs put around the same path. */
    private static String trimmed(String name) {
        int start = 0;
        while (start < name.length()
                && (name.charAt(start) == '/'
                        || name.startsWith("./", start)
                        || name.substring(start).equals("."))) {
            start++;
        }
        int end = name.length();
        while (end > start && name.charAt(end - 1) == '/') {
            end--;
        }
        return name.substring(start, end);
    }

    /** Stays open: whoever opened it reads on. */
    private static final class Unclosed extends FilterInputStream {

        Unclosed(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return in.read(target, offset, length);
        }

        @Override
        public void close() {}
    }
}
