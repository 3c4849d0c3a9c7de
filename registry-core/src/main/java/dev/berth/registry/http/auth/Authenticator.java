package dev.berth.registry.http.auth;

import dev.berth.registry.http.RegistryRequest;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Finds out who sends a request: by a password, a token, a certificate. Safe for use by several threads; what takes long,
 * such as the hash of a password, is done elsewhere than on the thread that asks.
 */
public interface Authenticator {

    /** Why a request is refused, as far as it matters for what the client could send instead. */
    enum Refusal {
        /** It has no credential. */
        NO_CREDENTIAL,
        /** Its credential is not good. */
        INVALID,
        /** Its credential is good, and does not go far enough. */
        INSUFFICIENT
    }

    /** Looks at a request's credential. */
    CompletionStage<Authentication> authenticate(RegistryRequest request);

    /**
     * The challenges for a request that is refused, each the value of a {@code WWW-Authenticate} field (RFC 9110, section
     * 11.6.1).
     *
     * @return may be empty where {@code refusal} is {@link Refusal#INSUFFICIENT}: no other credential of the same caller would
     *     do, and they are told that they may not, with 403, rather than asked for one, with 401
     */
    List<String> challenges(RegistryRequest request, AccessNeeds needs, Refusal refusal);
}
