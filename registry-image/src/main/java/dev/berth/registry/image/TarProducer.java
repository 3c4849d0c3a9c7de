package dev.berth.registry.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Writes a tar whose bytes depend on its entries alone: not on the clock, the user or the machine. */
final class TarProducer implements ProducedStream.Producer {

    private final OutputStream out;
    private final TarArchiveOutputStream tar;
    private final Iterator<Item> items;
    private final byte[] buffer = new byte[1 << 16];
    private InputStream content = InputStream.nullInputStream();
    private boolean inEntry;
    private boolean ended;

    TarProducer(List<Item> items, OutputStream out) {
        this.items = items.iterator();
        this.out = out;
        tar = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
    }

    @Override
    public boolean produce() throws IOException {
        if (inEntry) {
            copySome();
            return true;
        }
        if (items.hasNext()) {
            begin(items.next());
            return true;
        }
        ended = true;
        tar.close();
        return false;
    }

    private void begin(Item item) throws IOException {
        tar.putArchiveEntry(header(item.entry()));
        content = item.content().open();
        inEntry = true;
    }

    private void copySome() throws IOException {
        int count = content.read(buffer);
        if (count > 0) {
            tar.write(buffer, 0, count);
            return;
        }
        content.close();
        tar.closeArchiveEntry();
        inEntry = false;
    }

    private static TarArchiveEntry header(LayerEntry entry) {
        TarArchiveEntry header = new TarArchiveEntry(nameInTar(entry), typeFlag(entry), true);
        // The library would put down the name of the user who runs this.
        header.setUserName("");
        header.setGroupName("");
        header.setMode(entry.attributes().mode());
        header.setUserId(entry.attributes().uid());
        header.setGroupId(entry.attributes().gid());
        header.setLastModifiedTime(
                FileTime.fromMillis(entry.attributes().modified().getEpochSecond() * 1000));
        header.setSize(entry.size());
        header.setLinkName(entry.target());
        return header;
    }

    private static String nameInTar(LayerEntry entry) {
        return entry.kind() == LayerEntry.Kind.DIRECTORY ? entry.path() + "/" : entry.path();
    }

    private static byte typeFlag(LayerEntry entry) {
        return switch (entry.kind()) {
            case FILE -> TarConstants.LF_NORMAL;
            case DIRECTORY -> TarConstants.LF_DIR;
            case SYMLINK -> TarConstants.LF_SYMLINK;
            case HARD_LINK -> TarConstants.LF_LINK;
            case OTHER -> TarConstants.LF_FIFO;
        };
    }

    /** A tar that was left in the middle is not ended, only let go. */
    @Override
    public void close() throws IOException {
        try {
            content.close();
        } finally {
            if (!ended) {
                out.close();
            }
        }
    }

    /** An entry and its content. */
    record Item(LayerEntry entry, ByteSource content) {}
}
