package dev.berth.registry;

import dev.berth.registry.text.Quoted;

/**
 * The name of a repository, such as {@code library/alpine} (OCI Distribution Specification, "Pulling manifests").
 *
 * @param value components of lower-case letters and digits, joined inside by one {@code .}, one or two {@code _} or any
 *     number of {@code -}, and between them by {@code /}; at most 255 characters in all
 */
public record RepositoryName(String value) implements Comparable<RepositoryName> {

    private static final int MAX_LENGTH = 255;

    /** @throws RegistryException {@link ErrorCode#NAME_INVALID} if {@code value} is outside the grammar */
    public RepositoryName {
        if (value.length() > MAX_LENGTH) {
            throw new RegistryException(
                    ErrorCode.NAME_INVALID,
                    "repository name " + Quoted.of(value) + " is too long: it has " + value.length()
                            + " characters, and 255 are allowed");
        }
        if (!isValid(value)) {
            throw new RegistryException(
                    ErrorCode.NAME_INVALID,
                    "invalid repository name " + Quoted.of(value)
                            + ": use lower-case letters and digits, separated by '.', '_', '__' or '-',"
                            + " in components joined by '/'");
        }
    }

    /** In the order of the characters' codes, as the catalogue lists names. */
    @Override
    public int compareTo(RepositoryName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    private static boolean isValid(String text) {
        int i = 0;
        while (true) {
            int start = i;
            while (i < text.length() && isAlphanumeric(text.charAt(i))) {
                i++;
            }
            if (i == start) {
                return false;
            }
            if (i == text.length()) {
                return true;
            }
            i = afterSeparator(text, i);
            if (i < 0) {
                return false;
            }
        }
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }

    /** The index behind the separator at {@code i}, or -1 where there is no valid one. */
    private static int afterSeparator(String text, int i) {
        switch (text.charAt(i)) {
            case '/', '.':
                return i + 1;
            case '_':
                return i + 1 < text.length() && text.charAt(i + 1) == '_' ? i + 2 : i + 1;
            case '-':
                int end = i;
                while (end < text.length() && text.charAt(end) == '-') {
                    end++;
                }
                return end;
            default:
                return -1;
        }
    }
}
