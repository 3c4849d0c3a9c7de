package dev.berth.registry;

import dev.berth.registry.text.Quoted;

/**
 * A name for a manifest that can be moved to another one (OCI Distribution Specification, "Pulling manifests").
 *
 * @param value 1 to 128 characters: letters, digits, {@code _}, and after the first also {@code .} and {@code -}
 */
public record Tag(String value) implements Reference, Comparable<Tag> {

    private static final int MAX_LENGTH = 128;

    /** @throws RegistryException {@link ErrorCode#TAG_INVALID} if {@code value} is outside the grammar */
    public Tag {
        if (!isValid(value)) {
            throw new RegistryException(
                    ErrorCode.TAG_INVALID,
                    "invalid tag " + Quoted.of(value) + ": a tag has 1 to 128 letters, digits, '_', '.' or '-'"
                            + " and starts with none of '.' and '-'");
        }
    }

    /** In the order of the characters' codes. */
    @Override
    public int compareTo(Tag other) {
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
            boolean word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
            if (!word && (i == 0 || (c != '.' && c != '-'))) {
                return false;
            }
        }
        return true;
    }
}
