package dev.berth.registry.image;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Manifest;
import java.util.Optional;

/** Two manifests and nothing else. */
record LoopSource(Manifest one, Manifest other) implements ContentSource {

    @Override
    public Optional<Image> manifest(Descriptor descriptor) {
        if (descriptor.digest().equals(one.digest())) {
            return Optional.of(Image.of(one, this));
        }
        return descriptor.digest().equals(other.digest()) ? Optional.of(Image.of(other, this)) : Optional.empty();
    }

    @Override
    public Optional<ByteSource> blob(Descriptor descriptor) {
        return Optional.empty();
    }
}
