package dev.berth.registry.auth.policy;

/** A word is none of those that are understood. */
final class UnknownWordException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    UnknownWordException(String message) {
        super(message);
    }
}
