package dev.berth.registry.auth.token;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The keys of a token service: one that signs, and those that signed before, whose tokens are good until they run out. Safe for
 * use by several threads.
 */
public final class KeyRing implements TrustedKeys {

    private static final int MOST_FORMER = 8;

    private volatile State state;

    /** A ring with one key. */
    public KeyRing(SigningKey key) {
        this.state = new State(key, Map.of(key.verification().id(), key.verification()));
    }

    /**
     * Signs with another key from now on. Tokens of the former one, and of up to 8 before it, stay good; the oldest beyond that
     * goes.
     */
    public synchronized void rotate(SigningKey next) {
        Map<String, VerificationKey> keys = new LinkedHashMap<>();
        keys.put(next.verification().id(), next.verification());
        state.keys.values().stream().limit(MOST_FORMER).forEach(key -> keys.putIfAbsent(key.id(), key));
        state = new State(next, keys);
    }

    /** Trusts no key but the one that signs: tokens of the former ones are worth nothing any more. */
    public synchronized void forgetFormer() {
        SigningKey key = state.signer;
        state = new State(key, Map.of(key.verification().id(), key.verification()));
    }

    /** The public keys as a JSON Web Key Set (RFC 7517), for others who are to trust the service. */
    public String publicKeySet() {
        return state.keys.values().stream()
                .map(VerificationKey::publicJson)
                .collect(Collectors.joining(",", "{\"keys\":[", "]}"));
    }

    SigningKey signer() {
        return state.signer;
    }

    @Override
    public Optional<VerificationKey> find(Optional<String> id, List<String> chain, Instant now) {
        return id.map(state.keys::get);
    }

    @Override
    public Object version() {
        return state;
    }

    private record State(SigningKey signer, Map<String, VerificationKey> keys) {

        State {
            keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
        }
    }
}
