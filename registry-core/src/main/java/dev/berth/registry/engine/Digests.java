package dev.berth.registry.engine;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.Manifest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.storage.MetadataStore;
import dev.berth.registry.storage.Visitor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** Where digests are found: in keys, and in manifests. */
final class Digests {

    private Digests() {}

    /** Shows the digests that stand, as algorithm and hash, behind {@code parent} in keys, in any order. */
    static void inKeys(MetadataStore metadata, String parent, Visitor<Digest> visitor) throws IOException {
        for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
            metadata.forEachChild(parent + "/" + algorithm.id(), hex -> {
                Optional<Digest> digest = digest(algorithm, hex);
                if (digest.isPresent()) {
                    visitor.visit(digest.get());
                }
            });
        }
    }

    private static Optional<Digest> digest(DigestAlgorithm algorithm, String hex) {
        try {
            return Optional.of(new Digest(algorithm, hex));
        } catch (RegistryException e) {
            return Optional.empty();
        }
    }

    /**
     * Shows all digests that a manifest mentions, also in fields that nobody here knows of: those of kinds that are obsolete,
     * or not invented yet. Some are shown more than once.
     */
    static void mentionedBy(Manifest manifest, Visitor<Digest> visitor) throws IOException {
        for (List<Descriptor> references : List.of(
                manifest.config().stream().toList(),
                manifest.layers(),
                manifest.manifests(),
                manifest.subject().stream().toList())) {
            for (Descriptor reference : references) {
                visitor.visit(reference.digest());
            }
        }
        inText(manifest.content(), visitor);
    }

    private static void inText(ByteBuffer text, Visitor<Digest> visitor) throws IOException {
        for (int i = text.position(); i < text.limit(); i++) {
            if (text.get(i) == ':') {
                for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
                    int start = i - algorithm.id().length();
                    int end = i + 1 + algorithm.hexLength();
                    if (start >= text.position()
                            && end <= text.limit()
                            && text(text, start, i).equals(algorithm.id())) {
                        Optional<Digest> digest = digest(algorithm, text(text, i + 1, end));
                        if (digest.isPresent()) {
                            visitor.visit(digest.get());
                        }
                    }
                }
            }
        }
    }

    private static String text(ByteBuffer text, int start, int end) {
        StringBuilder out = new StringBuilder(end - start);
        for (int i = start; i < end; i++) {
            out.append((char) (text.get(i) & 0xff));
        }
        return out.toString();
    }
}
