package dev.berth.registry.auth.token;

/** A token is not good. The message says why, in words that a client may see. */
final class InvalidTokenException extends Exception {

    private static final long serialVersionUID = 1;

    InvalidTokenException(String message) {
        super(message, null, false, false);
    }
}
