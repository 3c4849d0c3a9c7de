package dev.berth.registry.http.fault;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.event.RegistryEvent;
import dev.berth.registry.http.Headers;
import dev.berth.registry.http.RegistryRequest;
import dev.berth.registry.http.RegistryResponse;
import dev.berth.registry.http.Route;
import dev.berth.registry.recent.RecentlyUsed;
import java.util.Optional;

/**
 * Where tags pointed before they were last pushed, moved or deleted, for the tags that were last. Safe for use by several
 * threads.
 */
public final class TagMemory {

    private static final int MOST = 1000;

    private final RecentlyUsed<Route, Moves> moves = new RecentlyUsed<>(MOST);

    TagMemory() {}

    /** Takes note of what happened in the registry, however it came about. */
    void see(RegistryEvent event) {
        if (event instanceof RegistryEvent.TagMoved moved) {
            put(moved.repository(), moved.tag(), new Moves(moved.from(), Optional.of(moved.to())));
        } else if (event instanceof RegistryEvent.TagDeleted deleted) {
            put(deleted.repository(), deleted.tag(), new Moves(Optional.of(deleted.from()), Optional.empty()));
        }
    }

    private void put(RepositoryName repository, Tag tag, Moves move) {
        moves.put(new Route.Manifest(repository, tag), move);
    }

    /** Takes note of a push by HTTP, where nobody tells what else happened. */
    void see(RegistryRequest request, RegistryResponse response) {
        if (!request.method().equals("PUT")
                || response.status() != 201
                || !(request.route() instanceof Route.Manifest)) {
            return;
        }
        response.headers()
                .first("Docker-Content-Digest")
                .map(Digest::parse)
                .ifPresent(digest -> moves.update(request.route(), Moves.NONE, old -> old.to(digest)));
    }

    /** What to do for a request that shall see the state before. */
    Fault before(RegistryRequest request) {
        return moves.get(request.route())
                .flatMap(Moves::before)
                .<Fault>map(Fault.OtherManifest::new)
                .orElseGet(() -> new Fault.Refusal(
                        404,
                        new RegistryError(ErrorCode.MANIFEST_UNKNOWN, "the tag is not to be seen yet"),
                        Headers.none()));
    }

    private record Moves(Optional<Digest> before, Optional<Digest> now) {

        static final Moves NONE = new Moves(Optional.empty(), Optional.empty());

        Moves to(Digest digest) {
            return now.equals(Optional.of(digest)) ? this : new Moves(now, Optional.of(digest));
        }
    }
}
