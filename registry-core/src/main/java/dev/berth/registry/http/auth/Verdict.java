package dev.berth.registry.http.auth;

import dev.berth.registry.http.Caller;
import java.time.Duration;

/** What {@link Users} say to a name and a password. */
public sealed interface Verdict {

    /** They are right. */
    record Right(Caller caller) implements Verdict {}

    /** They are wrong; which of the two, nobody is told. */
    record Wrong() implements Verdict {}

    /** They have not been looked at, since there have been too many that were wrong. */
    record Later(Duration retryAfter) implements Verdict {}
}
