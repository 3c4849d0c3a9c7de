package dev.berth.registry.http;

/** Is told what becomes of a response's body. Called by one thread at a time. */
public interface BodyWatch {

    /** Bytes have been taken to be sent, {@code total} so far. */
    default void taken(long total) {}

    /** The body has been closed: the exchange is over, with {@code total} bytes taken. Called once. */
    void closed(long total);
}
