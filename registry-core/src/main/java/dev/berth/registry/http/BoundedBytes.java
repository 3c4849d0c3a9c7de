package dev.berth.registry.http;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Takes a body into memory, up to a limit. */
final class BoundedBytes implements RequestBody.Sink {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(2048);
    private final int limit;

    BoundedBytes(int limit) {
        this.limit = limit;
    }

    /** Refuses before the first byte, where the client says how many there will be. */
    void checkAnnounced(OptionalLong length) {
        if (length.orElse(0) > limit) {
            throw tooLarge();
        }
    }

    @Override
    public void accept(ByteBuffer chunk) {
        if (bytes.size() + (long) chunk.remaining() > limit) {
            throw tooLarge();
        }
        byte[] copy = new byte[chunk.remaining()];
        chunk.get(copy);
        bytes.writeBytes(copy);
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    private RegistryException tooLarge() {
        return new RegistryException(
                413,
                List.of(new RegistryError(
                        ErrorCode.MANIFEST_INVALID,
                        "the manifest is larger than the " + limit + " bytes that this registry accepts",
                        Map.of("limit", Integer.toString(limit)))));
    }
}
