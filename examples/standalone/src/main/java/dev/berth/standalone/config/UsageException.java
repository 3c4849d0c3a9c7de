package dev.berth.standalone.config;

/** What was asked for cannot be done as asked. The message is for whoever asked: one line for each thing to put right. */
public final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** With what is wrong and what would be right. */
    public UsageException(String message) {
        super(message);
    }
}
