package dev.berth.registry.engine;

import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.RegistryException;
import dev.berth.registry.storage.MetadataStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Facts whose value is a digest. */
final class Links {

    private static final Logger LOG = LoggerFactory.getLogger(Links.class);

    private static final byte[] SHA256 = DigestAlgorithm.SHA256.id().getBytes(StandardCharsets.US_ASCII);

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
        String hex = new String(value, hash, value.length - hash, StandardCharsets.US_ASCII);
        return new Digest(algorithm(value, colon), hex.stripTrailing());
    }

    private static DigestAlgorithm algorithm(byte[] value, int end) {
        return Arrays.equals(value, 0, end, SHA256, 0, SHA256.length)
                ? DigestAlgorithm.SHA256
                : DigestAlgorithm.of(new String(value, 0, end, StandardCharsets.US_ASCII));
    }

    void put(String key, Digest digest) throws IOException {
        metadata.put(key, digest.toString().getBytes(StandardCharsets.US_ASCII));
    }
}
