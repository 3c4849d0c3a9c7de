package dev.berth.registry.image;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;

/** Goes through an image from its leaves to its root, with a stack of its own: indexes can be nested without end. */
final class ContentWalk {

    private final ContentVisitor visitor;
    private final Set<Digest> seen = new HashSet<>();
    private final Deque<Open> open = new ArrayDeque<>();

    ContentWalk(ContentVisitor visitor) {
        this.visitor = visitor;
    }

    void from(Image root) throws IOException {
        enter(root);
        while (!open.isEmpty()) {
            Open current = open.getLast();
            if (current.children().hasNext()) {
                child(current.image(), current.children().next());
            } else {
                open.removeLast();
                visitor.manifest(current.image());
            }
        }
    }

    private void child(Image parent, Descriptor descriptor) throws IOException {
        if (seen.contains(descriptor.digest())) {
            return;
        }
        Optional<Image> manifest = parent.source().manifest(descriptor);
        if (manifest.isPresent()) {
            enter(manifest.get());
            return;
        }
        // A build cache is an index of layers, and an index may be sparse.
        Optional<ByteSource> blob = parent.source().blob(descriptor);
        if (blob.isPresent() && seen.add(descriptor.digest())) {
            visitor.blob(descriptor, blob.get());
        }
    }

    private void enter(Image image) throws IOException {
        if (!seen.add(image.digest())) {
            return;
        }
        for (Descriptor blob : image.manifest().requiredBlobs()) {
            if (seen.add(blob.digest())) {
                Optional<ByteSource> content = image.source().blob(blob);
                if (content.isPresent()) {
                    visitor.blob(blob, content.get());
                } else {
                    visitor.missing(blob);
                }
            }
        }
        open.addLast(new Open(image, image.manifest().manifests().iterator()));
    }

    /** An image whose manifests are being gone through. */
    private record Open(Image image, Iterator<Descriptor> children) {}
}
