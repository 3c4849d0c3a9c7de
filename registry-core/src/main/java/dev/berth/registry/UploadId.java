package dev.berth.registry;

import dev.berth.registry.text.Quoted;
import java.util.UUID;

/**
 * What names an upload session.
 *
 * @param value 1 to 64 letters, digits and {@code -}; a UUID where this registry made it
 */
public record UploadId(String value) implements Comparable<UploadId> {

    private static final int MAX_LENGTH = 64;

    /** @throws RegistryException {@link ErrorCode#BLOB_UPLOAD_UNKNOWN} if {@code value} can be no session's name */
    public UploadId {
        if (!isValid(value)) {
            throw new RegistryException(
                    ErrorCode.BLOB_UPLOAD_UNKNOWN,
                    "no upload session is called " + Quoted.of(value)
                            + ": use the Location that the registry answered with");
        }
    }

    /** A new one that nobody can guess. */
    public static UploadId random() {
        return new UploadId(UUID.randomUUID().toString());
    }

    @Override
    public int compareTo(UploadId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    private static boolean isValid(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '-') {
                return false;
            }
        }
        return true;
    }
}
