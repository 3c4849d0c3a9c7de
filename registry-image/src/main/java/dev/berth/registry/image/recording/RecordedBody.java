package dev.berth.registry.image.recording;

import dev.berth.registry.Digest;

/** The body of an answer, as it is kept. */
public sealed interface RecordedBody {

    /** No body. */
    record None() implements RecordedBody {
        @Override
        public String toString() {
            return "no body";
        }
    }

    /**
     * A short text, which stands among the exchanges, with secrets replaced.
     *
     * @param text as it was answered but for the secrets
     */
    record Text(String text) implements RecordedBody {
        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * Bytes in a file that is named by their digest, exactly as they were.
     *
     * @param digest of the bytes
     * @param size in bytes
     */
    record Content(Digest digest, long size) implements RecordedBody {
        @Override
        public String toString() {
            return digest + " (" + size + " bytes)";
        }
    }
}
