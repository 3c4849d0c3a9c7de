package dev.berth.registry.image;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a builder has put together. */
record MemorySource(Map<Digest, Image> manifests, Map<Digest, ByteSource> blobs) implements ContentSource {

    MemorySource {
        manifests = Map.copyOf(manifests);
        blobs = Map.copyOf(blobs);
    }

    static MemorySource ofManifests(Collection<Image> images) {
        Map<Digest, Image> manifests = new HashMap<>();
        images.forEach(image -> manifests.put(image.digest(), image));
        return new MemorySource(manifests, Map.of());
    }

    static MemorySource ofBlobs(Layer config, Collection<Layer> layers) {
        Map<Digest, ByteSource> blobs = new HashMap<>();
        blobs.put(config.digest(), config.content());
        layers.forEach(layer -> blobs.put(layer.digest(), layer.content()));
        return new MemorySource(Map.of(), blobs);
    }

    @Override
    public Optional<Image> manifest(Descriptor descriptor) {
        return Optional.ofNullable(manifests.get(descriptor.digest()));
    }

    @Override
    public Optional<ByteSource> blob(Descriptor descriptor) {
        return Optional.ofNullable(blobs.get(descriptor.digest()));
    }
}
