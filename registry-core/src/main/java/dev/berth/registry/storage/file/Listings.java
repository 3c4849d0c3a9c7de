package dev.berth.registry.storage.file;

import dev.berth.registry.storage.MetadataKey;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is in directories, sorted. Those that are read again are remembered, so that each page of a hundred thousand tags does not
 * read them all anew, and a page of the catalogue not a directory for each of its entries; they hold as long as the directory's
 * time of change stays what it was.
 */
final class Listings {

    /** A listing of so many names is read a second time at once, to be remembered. */
    private static final int LARGE = 256;

    /** How many names are remembered in all: some tens of megabytes. */
    private static final int REMEMBERED = 500_000;

    /** What a listing takes beside its names, counted in names. */
    private static final int FRAME = 10;

    /**
     * A time of change can stand for two changes that come close together. A listing is trusted only if the directory had
     * been left alone for longer than the steps that its file system counts time in: some milliseconds, but up to two seconds
     * where times are whole seconds.
     */
    private static final long QUIET_MILLIS = 100;

    private static final long QUIET_MILLIS_IN_WHOLE_SECONDS = 2_500;

    private final SeenBefore seen = new SeenBefore();
    private final Map<File, Listing> remembered = new LinkedHashMap<>(16, 0.75f, true);
    private int weight;

    private record Listing(long changed, List<String> sorted) {
        int weight() {
            return sorted.size() + FRAME;
        }
    }

    /** As {@link dev.berth.registry.storage.MetadataStore#children} does it. */
    List<String> page(File directory, Optional<String> after, int limit) throws IOException {
        List<String> sorted = list(directory);
        int from = 0;
        if (after.isPresent()) {
            int index = Collections.binarySearch(sorted, after.get());
            from = index < 0 ? -index - 1 : index + 1;
        }
        return List.copyOf(sorted.subList(from, (int) Math.min((long) from + limit, sorted.size())));
    }

    private List<String> list(File directory) throws IOException {
        Listing known = recall(directory);
        // Whoever looks through all there is reads each small directory once, and would push out what is read all the
        // time.
        if (known == null && !seen.before(directory)) {
            List<String> sorted = read(directory);
            if (sorted.size() < LARGE) {
                return sorted;
            }
        }
        long now = System.currentTimeMillis();
        // 0 where there is no such directory; reading it then tells. Looked at before it is read: whatever comes
        // between makes it another directory than the one that is remembered.
        long changed = directory.lastModified();
        if (known != null && known.changed() == changed) {
            return known.sorted();
        }
        List<String> sorted = read(directory);
        if (changed != 0 && showsNextChange(changed, now)) {
            remember(directory, new Listing(changed, sorted));
        }
        return sorted;
    }

    /** Whether what last changed at {@code changed} shows, by another time, any change that comes after {@code now}. */
    static boolean showsNextChange(long changed, long now) {
        return changed < now - (changed % 1000 == 0 ? QUIET_MILLIS_IN_WHOLE_SECONDS : QUIET_MILLIS);
    }

    /** The segments in a directory, sorted, as they are now. */
    static List<String> read(File directory) throws IOException {
        String[] names = directory.list();
        if (names == null) {
            names = readSlowly(directory.toPath());
        }
        String[] segments = keepSegments(names);
        Arrays.sort(segments);
        return Arrays.asList(segments);
    }

    /** Reads a directory in the way that tells why it cannot be read. */
    private static String[] readSlowly(Path directory) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                names.add(entry.getFileName().toString());
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return new String[0];
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names.toArray(String[]::new);
    }

    /** Leaves out what no key can name, as something else may have put there. */
    private static String[] keepSegments(String[] names) {
        int kept = 0;
        for (String name : names) {
            if (MetadataKey.isSegment(name)) {
                names[kept++] = name;
            }
        }
        return kept == names.length ? names : Arrays.copyOf(names, kept);
    }

    private synchronized @Nullable Listing recall(File directory) {
        return remembered.get(directory);
    }

    private synchronized void remember(File directory, Listing listing) {
        Listing before = remembered.put(directory, listing);
        weight += listing.weight() - (before == null ? 0 : before.weight());
        Iterator<Listing> eldest = remembered.values().iterator();
        while (weight > REMEMBERED && eldest.hasNext()) {
            weight -= eldest.next().weight();
            eldest.remove();
        }
    }
}
