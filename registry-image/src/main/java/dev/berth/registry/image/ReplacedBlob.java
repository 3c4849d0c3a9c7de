package dev.berth.registry.image;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;

/** A source of which one blob is another, or gone. */
record ReplacedBlob(ContentSource original, Digest replaced, Function<ByteSource, Optional<ByteSource>> replacement)
        implements ContentSource {

    @Override
    public Optional<Image> manifest(Descriptor descriptor) throws IOException {
        return original.manifest(descriptor);
    }

    @Override
    public Optional<ByteSource> blob(Descriptor descriptor) throws IOException {
        Optional<ByteSource> content = original.blob(descriptor);
        return descriptor.digest().equals(replaced) ? content.flatMap(replacement) : content;
    }
}
