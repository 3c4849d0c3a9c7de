package dev.berth.registry.http;

import java.io.IOException;

/**
 * Thrown by the body of a response to have the connection cut there, as tests want it: what was read before goes to the
 * client, and then nothing does.
 */
public final class ConnectionCutException extends IOException {

    private static final long serialVersionUID = 1;

    /** What the client sees of it. */
    public enum Cut {
        /** No response at all: the connection is reset, even where the head of a response was ready. */
        RESET_UNANSWERED,
        /** Head and first bytes of the response, then a reset. */
        RESET,
        /** Head and first bytes of the response, then an orderly end that comes too early. */
        END
    }

    private final Cut cut;

    /** To cut a connection in that way. */
    public ConnectionCutException(Cut cut) {
        super("The connection was to be cut here");
        this.cut = cut;
    }

    /** The way. */
    public Cut cut() {
        return cut;
    }
}
