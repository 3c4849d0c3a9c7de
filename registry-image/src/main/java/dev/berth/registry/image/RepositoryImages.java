package dev.berth.registry.image;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Page;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All that a repository has: what its tags point to, and what refers to that, and so on. */
final class RepositoryImages {

    private static final int PAGE = 1000;

    private final Registry registry;
    private final RepositoryName repository;
    private final List<NamedImage> images = new ArrayList<>();
    private final Set<Digest> seen = new HashSet<>();

    RepositoryImages(Registry registry, String repository) {
        this.registry = registry;
        this.repository = new RepositoryName(repository);
    }

    List<NamedImage> all() throws IOException {
        Optional<String> after = Optional.empty();
        boolean more = true;
        while (more) {
            Page<Tag> page = registry.tags(repository, after, PAGE).orElse(Page.empty());
            for (Tag tag : page.items()) {
                // A tag may have gone since it was listed.
                Optional<Image> image = Image.find(registry, repository.value(), tag.value());
                if (image.isPresent()) {
                    images.add(new NamedImage(Optional.of(tag.value()), image.get()));
                }
                after = Optional.of(tag.value());
            }
            more = page.more();
        }
        // The list grows while it is gone through: referrers have referrers.
        for (int i = 0; i < images.size(); i++) {
            addReferrers(images.get(i).image());
        }
        return images;
    }

    private void addReferrers(Image image) throws IOException {
        List<Digest> subjects = new ArrayList<>();
        image.visit(new ContentVisitor() {
            @Override
            public void blob(Descriptor descriptor, ByteSource content) {}

            @Override
            public void manifest(Image found) {
                subjects.add(found.digest());
            }

            @Override
            public void missing(Descriptor descriptor) {}
        });
        for (Digest subject : subjects) {
            if (seen.add(subject)) {
                addReferrers(subject);
            }
        }
    }

    private void addReferrers(Digest subject) throws IOException {
        Optional<Digest> after = Optional.empty();
        boolean more = true;
        while (more) {
            Page<Descriptor> page = registry.referrers(repository, subject, Optional.empty(), after, PAGE);
            for (Descriptor referrer : page.items()) {
                Optional<Image> image = Image.find(
                        registry, repository.value(), referrer.digest().toString());
                if (image.isPresent() && !seen.contains(referrer.digest())) {
                    images.add(new NamedImage(Optional.empty(), image.get()));
                }
                after = Optional.of(referrer.digest());
            }
            more = page.more();
        }
    }
}
