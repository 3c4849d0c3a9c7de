package dev.berth.registry.http;

import java.io.IOException;

/** A client ended its request, or its connection, before the body that it had announced was complete. */
public final class ClientGoneException extends IOException {

    private static final long serialVersionUID = 1L;

    public ClientGoneException(String message) {
        super(message);
    }

    public ClientGoneException(String message, Throwable cause) {
        super(message, cause);
    }
}
