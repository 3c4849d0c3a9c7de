package dev.berth.registry.image.archive;

import dev.berth.registry.image.ByteSource;
import dev.berth.registry.text.Quoted;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Files in a tar, which is gone through once to learn where they are, and then read in place. */
final class TarFiles implements ArchiveFiles, Closeable {

    private static final int MOST_ENTRIES = 200_000;
    private static final int LONGEST_PATH = 1024;
    private static final int MOST_LINKS = 8;

    private final Path tar;
    private final FileChannel channel;
    private final Map<String, Place> places = new HashMap<>();
    private final Map<String, String> links = new HashMap<>();

    private TarFiles(Path tar, FileChannel channel) {
        this.tar = tar;
        this.channel = channel;
    }

    static TarFiles open(Path tar) throws IOException {
        FileChannel channel = FileChannel.open(tar, StandardOpenOption.READ);
        try {
            TarFiles files = new TarFiles(tar, channel);
            files.refuseCompressed();
            files.readPlaces();
            return files;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private void refuseCompressed() throws IOException {
        byte[] start = new ChannelPart(channel, 0, channel.size()).readNBytes(4);
        boolean gzip = start.length == 4 && start[0] == 0x1f && start[1] == (byte) 0x8b;
        boolean zstd = start.length == 4 && start[0] == 0x28 && start[1] == (byte) 0xb5;
        if (gzip || zstd) {
            throw new IOException(tar + " is compressed with " + (gzip ? "gzip" : "zstd")
                    + ", so that it cannot be read in place: decompress it first");
        }
    }

    private void readPlaces() throws IOException {
        // Not buffered and not closed: after each header, the channel stands where the content begins.
        TarArchiveInputStream in =
                new TarArchiveInputStream(Channels.newInputStream(channel), StandardCharsets.UTF_8.name());
        for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
            String name = name(entry.getName());
            if (places.size() + links.size() >= MOST_ENTRIES) {
                throw new IOException(tar + " has more than " + MOST_ENTRIES + " entries, which is the limit");
            }
            if (entry.isSymbolicLink()) {
                links.put(name, name(parent(name) + entry.getLinkName()));
            } else if (entry.isLink()) {
                links.put(name, name(entry.getLinkName()));
            } else if (entry.isFile() && !entry.isSparse()) {
                if (channel.position() + entry.getSize() > channel.size()) {
                    throw new IOException(tar + " ends in the middle of " + Quoted.of(name));
                }
                places.put(name, new Place(channel.position(), entry.getSize()));
            }
        }
    }

    /**
     * A path within the tar.
     *
     * @throws IOException if it leads out of it
     */
    private String name(String raw) throws IOException {
        if (raw.length() > LONGEST_PATH) {
            throw new IOException(tar + " has a path of more than " + LONGEST_PATH + " characters: " + Quoted.of(raw));
        }
        StringBuilder name = new StringBuilder();
        for (String part : raw.split("/")) {
            if (part.equals("..")) {
                int slash = name.lastIndexOf("/");
                if (name.length() == 0) {
                    throw new IOException(tar + " has a path that leads out of it: " + Quoted.of(raw));
                }
                name.setLength(Math.max(slash, 0));
            } else if (!part.isEmpty() && !part.equals(".")) {
                name.append(name.length() == 0 ? "" : "/").append(part);
            }
        }
        return name.toString();
    }

    private static String parent(String name) {
        return name.substring(0, name.lastIndexOf('/') + 1);
    }

    @Override
    public Optional<ByteSource> file(String path) throws IOException {
        String name = name(path);
        for (int i = 0; i < MOST_LINKS && links.containsKey(name); i++) {
            name = links.getOrDefault(name, name);
        }
        return Optional.ofNullable(places.get(name))
                .map(place ->
                        ByteSource.of(place.size(), () -> new ChannelPart(channel, place.position(), place.size())));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    @Override
    public String toString() {
        return tar.toString();
    }

    /** Where a file is. */
    private record Place(long position, long size) {}
}
