package dev.berth.registry;

import java.util.List;
import java.util.Map;

/**
 * The registry refuses a request, and says why in the specification's own terms.
 *
 * <p>Absence is no refusal: look-ups answer with an empty {@code Optional}, deletes with {@code false}. Trouble below
 * the registry, such as a full disk, is an {@link java.io.IOException}.
 */
public final class RegistryException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<RegistryError> errors;
    private final int status;

    /** A refusal with the code's usual status. */
    public RegistryException(ErrorCode code, String message) {
        this(code, message, Map.of());
    }

    /** A refusal with the code's usual status and details for a program. */
    public RegistryException(ErrorCode code, String message, Map<String, String> detail) {
        this(code.status(), List.of(new RegistryError(code, message, detail)));
    }

    /**
     * A refusal with a status of its own, or for several reasons at once.
     *
     * @param status the HTTP status, 400 to 599
     * @param errors at least one
     * @throws IllegalArgumentException if there is no error, or the status is not one of an error
     */
    public RegistryException(int status, List<RegistryError> errors) {
        super(describe(errors), null, false, false);
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("The status of a refusal is 400 to 599, not " + status);
        }
        this.status = status;
        this.errors = List.copyOf(errors);
    }

    /** Why the request is refused; never empty. */
    public List<RegistryError> errors() {
        return errors;
    }

    /** The code of the first error. */
    public ErrorCode code() {
        return errors.get(0).code();
    }

    /** The HTTP status to answer with. */
    public int status() {
        return status;
    }

    private static String describe(List<RegistryError> errors) {
        if (errors.isEmpty()) {
            throw new IllegalArgumentException("A refusal needs at least one error");
        }
        RegistryError first = errors.get(0);
        String more = errors.size() > 1 ? " (and " + (errors.size() - 1) + " more)" : "";
        return first.code() + ": " + first.message() + more;
    }
}
