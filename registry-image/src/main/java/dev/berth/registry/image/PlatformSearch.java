package dev.berth.registry.image;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Platform;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Looks for an image that runs on a platform. */
final class PlatformSearch {

    /** As deep and wide as no index that somebody means. */
    private static final int MOST = 10_000;

    private final Platform wanted;
    private final Set<Digest> seen = new HashSet<>();
    private final Set<String> offered = new TreeSet<>();
    private final Deque<Image> indexes = new ArrayDeque<>();

    PlatformSearch(Platform wanted) {
        this.wanted = wanted;
    }

    Image in(Image root) throws IOException {
        if (!root.isIndex()) {
            return require(serves(root.config().platform()) ? Optional.of(root) : Optional.empty(), root);
        }
        indexes.add(root);
        Optional<Image> found = Optional.empty();
        while (found.isEmpty() && !indexes.isEmpty() && seen.size() < MOST) {
            found = inIndex(indexes.removeFirst());
        }
        return require(found, root);
    }

    private Optional<Image> inIndex(Image index) throws IOException {
        for (Descriptor descriptor : index.manifest().manifests()) {
            if (!seen.add(descriptor.digest())
                    || (descriptor.platform().isPresent()
                            && !serves(descriptor.platform().get()))) {
                continue;
            }
            Optional<Image> image = index.source().manifest(descriptor);
            if (image.isEmpty()) {
                continue;
            }
            if (image.get().isIndex()) {
                indexes.addLast(image.get());
            } else if (descriptor.platform().isPresent()
                    || (image.get().manifest().config().isPresent()
                            && serves(image.get().config().platform()))) {
                return image;
            }
        }
        return Optional.empty();
    }

    private boolean serves(Platform platform) {
        offered.add(platform.toString());
        return Platforms.serves(platform, wanted);
    }

    private Image require(Optional<Image> found, Image root) {
        return found.orElseThrow(() -> new NoSuchElementException(root + " has no image for " + wanted + "; it has "
                + (offered.isEmpty() ? "none for any" : String.join(", ", offered))));
    }
}
