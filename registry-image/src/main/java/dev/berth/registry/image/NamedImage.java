package dev.berth.registry.image;

import dev.berth.registry.Registry;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * An image of a repository, a layout or an archive, with the name it has there.
 *
 * @param name a tag such as {@code 1.0}, or a whole name such as {@code team/app:1.0}; empty for one that has none, such as a
 *     referrer
 * @param image the image
 */
public record NamedImage(Optional<String> name, Image image) {

    /**
     * All that can be reached in a repository of a registry: what its tags point to, once for each tag, and the referrers of
     * that and of all that is in it, and theirs, without names. To copy a repository is to push these:
     *
     * <pre>{@code
     * for (NamedImage found : NamedImage.all(from, "team/app")) {
     *     found.image().pushTo(to, "mirror/app", found.tags());
     * }
     * }</pre>
     *
     * @throws IOException if it cannot be read
     */
    public static List<NamedImage> all(Registry registry, String repository) throws IOException {
        return new RepositoryImages(registry, repository).all();
    }

    /** The tag that the name is or ends with; none if there is no name. */
    public String[] tags() {
        return name.map(NamedImage::tag).stream().toArray(String[]::new);
    }

    private static String tag(String name) {
        int colon = name.lastIndexOf(':');
        return colon > name.lastIndexOf('/') ? name.substring(colon + 1) : name;
    }
}
