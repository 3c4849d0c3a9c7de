package dev.berth.registry.http;

import dev.berth.registry.BlobWriter;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes a body to an upload, no more than was declared and no more than is allowed. */
final class UploadSink implements RequestBody.Sink {

    private final BlobWriter writer;
    private final Optional<Long> declared;
    private final long allowed;
    private long received;

    UploadSink(BlobWriter writer, Optional<Long> declared, long allowed) {
        this.writer = writer;
        this.declared = declared;
        this.allowed = allowed;
    }

    @Override
    public void accept(ByteBuffer bytes) throws IOException {
        received += bytes.remaining();
        if (received > allowed) {
            throw tooLarge(allowed);
        }
        if (declared.isPresent() && received > declared.get()) {
            throw notAsDeclared(declared.get(), "more");
        }
        writer.write(bytes);
    }

    /** To be called when the body has ended. */
    void checkComplete() {
        if (declared.isPresent() && received < declared.get()) {
            throw notAsDeclared(declared.get(), received);
        }
    }

    static RegistryException tooLarge(long limit) {
        return new RegistryException(
                413,
                List.of(new RegistryError(
                        ErrorCode.SIZE_INVALID,
                        "the blob is larger than this registry accepts",
                        Map.of("limit", Long.toString(limit)))));
    }

    private static RegistryException notAsDeclared(long declared, Object received) {
        return new RegistryException(
                ErrorCode.SIZE_INVALID,
                "the Content-Range declares " + declared + " bytes, and the body has " + received);
    }
}
