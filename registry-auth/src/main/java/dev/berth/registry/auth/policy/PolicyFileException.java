package dev.berth.registry.auth.policy;

/** A policy cannot be read. The message names file and line, and says what was wrong and what would be right. */
public final class PolicyFileException extends RuntimeException {

    private static final long serialVersionUID = 1;

    PolicyFileException(String source, int line, String message) {
        super(source + ", line " + line + ": " + message);
    }
}
