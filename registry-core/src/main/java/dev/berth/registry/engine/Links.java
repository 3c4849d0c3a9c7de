package dev.berth.registry.engine;

import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.RegistryException;
import dev.berth.registry.storage.MetadataStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Facts whose value is a digest. */
final class Links {

    private static final Logger LOG = LoggerFactory.getLogger(Links.class);

    private final MetadataStore metadata;

    Links(MetadataStore metadata) {
        this.metadata = metadata;
    }

    /** What a link points to. One that holds no digest, as a crash of Docker's registry can leave behind, counts as absent. */
    Optional<Digest> get(String key) throws IOException {
        Optional<byte[]> value = metadata.get(key);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(digest(value.get()));
        } catch (RegistryException e) {
            LOG.warn("The link {} holds no digest and is passed over", key);
            return Optional.empty();
        }
    }

    /** Read from the bytes in place: each pull by tag does so. */
    private static Digest digest(byte[] value) {
        int colon = 0;
        while (colon < value.length && value[colon] != ':') {
            colon++;
        }
        int hash = Math.min(colon + 1, value.length);
        String algorithm = new String(value, 0, colon, StandardCharsets.US_ASCII);
        String hex = new String(value, hash, value.length - hash, StandardCharsets.US_ASCII);
        return new Digest(DigestAlgorithm.of(algorithm), hex.stripTrailing());
    }

    void put(String key, Digest digest) throws IOException {
        metadata.put(key, digest.toString().getBytes(StandardCharsets.US_ASCII));
    }
}
