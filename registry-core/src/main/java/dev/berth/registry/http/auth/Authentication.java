package dev.berth.registry.http.auth;

import dev.berth.registry.http.Caller;
import java.time.Duration;

/** What an {@link Authenticator} has found out about who sends a request. */
public sealed interface Authentication {

    /**
     * The request has no credential.
     *
     * @param permissions what may be done without one
     */
    record Absent(Permissions permissions) implements Authentication {}

    /**
     * The credential is good.
     *
     * @param caller whose it is
     * @param permissions what may be done with it
     */
    record Accepted(Caller caller, Permissions permissions) implements Authentication {}

    /**
     * The credential is not good. That is refused everywhere, also where none is needed: somebody who logs in has to learn
     * that their password is wrong.
     *
     * @param reason what is wrong, for the client; nothing that helps to guess
     */
    record Rejected(String reason) implements Authentication {}

    /**
     * There have been too many credentials that were not good, and this one is not looked at.
     *
     * @param retryAfter when it may be tried again
     */
    record Throttled(Duration retryAfter) implements Authentication {}
}
