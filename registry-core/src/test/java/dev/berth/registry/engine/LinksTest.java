package dev.berth.registry.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.storage.MetadataStore;
import dev.berth.registry.storage.memory.MemoryStorage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinksTest {

    private static final Digest DIGEST = Digest.of(new byte[0]);

    private final MetadataStore metadata = new MemoryStorage().metadata();
    private final Links links = new Links(metadata);

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n", " "})
    void spaceBehindADigestDoesNotMatter(String space) throws IOException {
        put(DIGEST + space);

        assertThat(links.get("link")).contains(DIGEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ":", "sha256", "sha256:", "sha256:e3b0", ":e3b0", "md5:d41d8cd98f00b204e9800998ecf8427e"})
    void whatIsNoDigestLeadsNowhere(String value) throws IOException {
        put(value);

        assertThat(links.get("link")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(bytes = {0, -1, ':'})
    void whatACrashLeavesLeadsNowhere(byte filling) throws IOException {
        byte[] value = new byte[DIGEST.toString().length()];
        Arrays.fill(value, filling);
        metadata.put("link", value);

        assertThat(links.get("link")).isEmpty();
    }

    private void put(String value) throws IOException {
        metadata.put("link", value.getBytes(StandardCharsets.US_ASCII));
    }
}
