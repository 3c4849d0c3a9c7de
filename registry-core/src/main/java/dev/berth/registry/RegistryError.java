package dev.berth.registry;

import java.util.Map;

/**
 * One entry of an error answer (OCI Distribution Specification, "Error Codes").
 *
 * @param code what kind of error it is
 * @param message what was wrong and what would be right, for a person
 * @param detail the same for a program: short keys, such as {@code digest}, and their values
 */
public record RegistryError(ErrorCode code, String message, Map<String, String> detail) {

    public RegistryError {
        detail = Map.copyOf(detail);
    }

    /** An error without detail. */
    public RegistryError(ErrorCode code, String message) {
        this(code, message, Map.of());
    }
}
