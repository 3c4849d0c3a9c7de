package dev.berth.registry.image;

import dev.berth.registry.image.LayerEntry.Kind;
import dev.berth.registry.text.Quoted;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;

/**
 * Lays one layer over what the layers below have made (OCI Image Specification, "Applying Changesets"). Its whiteouts come
 * first, wherever they are in the tar: they speak of the layers below and never of their own.
 */
final class LayerMerge {

    /** As in Linux. Without a limit, one path of a million directories would take more memory than its layer. */
    private static final int LONGEST_PATH = 4096;

    private final NavigableMap<String, ImageFile> files;
    private final Layer layer;

    LayerMerge(NavigableMap<String, ImageFile> files, Layer layer) {
        this.files = files;
        this.layer = layer;
    }

    void merge() throws IOException {
        List<LayerEntry> entries = new ArrayList<>();
        layer.forEachEntry((entry, content) -> entries.add(entry));
        for (LayerEntry entry : entries) {
            if (entry.path().length() > LONGEST_PATH || entry.target().length() > LONGEST_PATH) {
                throw new IOException("The layer " + layer.digest() + " has a path of more than " + LONGEST_PATH
                        + " characters: " + Quoted.of(entry.path()));
            }
            if (PathResolution.parts(entry.path()).contains("..")) {
                throw new IOException("The layer " + layer.digest() + " has an entry that leads out of the root: "
                        + Quoted.of(entry.path()));
            }
            if (entry.isWhiteout()) {
                whiteOut(entry);
            }
        }
        for (int i = 0; i < entries.size(); i++) {
            if (!entries.get(i).isWhiteout() && !entries.get(i).path().isEmpty()) {
                add(entries.get(i), i);
            }
        }
    }

    private void whiteOut(LayerEntry entry) throws IOException {
        String directory = parent(entry.path());
        if (entry.isOpaque()) {
            removeBelow(directory);
        } else {
            remove(join(directory, entry.name().substring(LayerEntry.WHITEOUT.length())));
        }
    }

    private void add(LayerEntry entry, int position) throws IOException {
        String parent = parent(entry.path());
        addDirectories(parent);
        String path = join(parent, entry.name());
        ImageFile added = new ImageFile("/" + path, entry, layer, position);
        if (entry.kind() == Kind.HARD_LINK) {
            added = linked(added);
        }
        ImageFile there = files.get(path);
        if (there != null && (there.kind() != Kind.DIRECTORY || entry.kind() != Kind.DIRECTORY)) {
            remove(path);
        }
        files.put(path, added);
    }

    /** The file that a hard link is another name for; the link itself, if there is none. */
    private ImageFile linked(ImageFile link) throws IOException {
        ImageFile target = files.get(join(parent(link.target()), name(link.target())));
        return target == null || target.kind() == Kind.DIRECTORY
                ? link
                : new ImageFile(link.path(), target.entry(), target.layer(), target.position());
    }

    /** Directories that a tar has no entries for are there all the same. */
    private void addDirectories(String path) {
        if (path.isEmpty()) {
            return;
        }
        ImageFile there = files.get(path);
        if (there != null && there.kind() == Kind.DIRECTORY) {
            return;
        }
        int slash = path.lastIndexOf('/');
        addDirectories(slash < 0 ? "" : path.substring(0, slash));
        LayerEntry implied = new LayerEntry(path, Kind.DIRECTORY, 0, Attributes.directory(), "");
        files.put(path, new ImageFile("/" + path, implied, layer, -1));
    }

    /** The directory that something is put into: a path in a tar may lead through links of the layers below. */
    private String parent(String path) throws IOException {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : new PathResolution(files).resolve(path.substring(0, slash), true);
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String join(String directory, String name) {
        return directory.isEmpty() ? name : directory + "/" + name;
    }

    private void remove(String path) {
        files.remove(path);
        removeBelow(path);
    }

    private void removeBelow(String directory) {
        if (directory.isEmpty()) {
            files.clear();
        } else {
            // '0' follows '/'.
            files.subMap(directory + "/", directory + "0").clear();
        }
    }
}
