package dev.berth.registry.storage.file;

import dev.berth.registry.storage.MetadataKey;
import dev.berth.registry.storage.Visitor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The segments in a directory as they were at one time, in as little memory as their letters take: a million of them are 65 MB. They
 * are read before the first is shown, since not every file system shows all names to who removes some meanwhile.
 */
final class NameList {

    private static final int BLOCK = 1 << 16;
    private static final byte END = 0;

    private final List<byte[]> blocks = new ArrayList<>();
    private byte[] block = new byte[0];
    private int used;

    private NameList() {}

    /** The names in a directory; none if there is no such directory. */
    static NameList in(Path directory) throws IOException {
        NameList names = new NameList();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (MetadataKey.isSegment(name)) {
                    names.add(name.getBytes(StandardCharsets.US_ASCII));
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return names;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }

    private void add(byte[] name) {
        // Each name has an end, and each block one of its own.
        if (used + name.length + 2 > block.length) {
            // The first is small: most directories are.
            block = new byte[blocks.isEmpty() ? Math.max(1024, name.length + 2) : BLOCK];
            blocks.add(block);
            used = 0;
        }
        System.arraycopy(name, 0, block, used, name.length);
        used += name.length + 1;
    }

    void forEach(Visitor<String> visitor) throws IOException {
        for (byte[] names : blocks) {
            int start = 0;
            for (int i = 0; names[start] != END; i++) {
                if (names[i] == END) {
                    visitor.visit(new String(names, start, i - start, StandardCharsets.US_ASCII));
                    start = i + 1;
                }
            }
        }
    }
}
