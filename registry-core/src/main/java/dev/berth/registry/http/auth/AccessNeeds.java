package dev.berth.registry.http.auth;

import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.http.Endpoint;
import dev.berth.registry.http.RegistryRequest;
import dev.berth.registry.http.Route;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The accesses that a request takes, as its route says:
 *
 * <table>
 * <caption>Endpoints and what they take</caption>
 * <tr><td>{@code GET /}, and what is no endpoint</td><td>nothing</td></tr>
 * <tr><td>{@code GET /v2/}</td><td>to be known</td></tr>
 * <tr><td>catalogue</td><td>{@code registry:catalog:*}</td></tr>
 * <tr><td>manifests, blobs, tags, referrers: GET, HEAD</td><td>pull</td></tr>
 * <tr><td>uploads, all methods; {@code PUT} of a manifest</td><td>pull and push</td></tr>
 * <tr><td>manifests, tags, blobs: DELETE</td><td>delete</td></tr>
 * </table>
 *
 * <p>To mount a blob, pull on its source helps but is not required: without it the blob is absent, and the client uploads it.
 * Docker's registry demands it, and thereby tells that the repository asked for is one.
 *
 * @param required without all of these the request is refused
 * @param helpful what a client had better ask for too, when it asks for a token
 */
public record AccessNeeds(List<Access> required, List<Access> helpful) {

    private static final AccessNeeds NOTHING = new AccessNeeds(List.of(), List.of());
    private static final AccessNeeds BASE = new AccessNeeds(List.of(new Access.Base()), List.of());
    private static final AccessNeeds CATALOG = new AccessNeeds(List.of(new Access.Catalog()), List.of());

    private static final Set<Action> PULL = Set.of(Action.PULL);
    private static final Set<Action> PUSH = Set.of(Action.PULL, Action.PUSH);
    private static final Set<Action> DELETE = Set.of(Action.DELETE);

    public AccessNeeds {
        required = List.copyOf(required);
        helpful = List.copyOf(helpful);
    }

    /** What a request takes. A route that names nothing takes nothing: its refusal tells of the grammar alone. */
    public static AccessNeeds of(RegistryRequest request) {
        Optional<Endpoint> endpoint = request.endpoint();
        if (endpoint.isEmpty()) {
            return NOTHING;
        }
        return switch (endpoint.get()) {
            case ROOT -> NOTHING;
            case BASE -> BASE;
            case CATALOG -> CATALOG;
            case TAGS, REFERRERS, MANIFEST_HEAD, MANIFEST_GET, BLOB_HEAD, BLOB_GET -> to(request, PULL, List.of());
            case MANIFEST_DELETE, BLOB_DELETE -> to(request, DELETE, List.of());
            case UPLOAD_BEGIN -> to(request, PUSH, mountSource(request));
            case MANIFEST_PUT, UPLOAD_STATUS, UPLOAD_APPEND, UPLOAD_COMMIT, UPLOAD_CANCEL ->
                to(request, PUSH, List.of());
        };
    }

    private static AccessNeeds to(RegistryRequest request, Set<Action> actions, List<Access> helpful) {
        Route route = request.route();
        RepositoryName name = route.repository()
                .orElseThrow(() -> new IllegalStateException(route + " is in no repository, and should be in one"));
        return new AccessNeeds(List.of(new Access.Repository(name, actions)), helpful);
    }

    private static List<Access> mountSource(RegistryRequest request) {
        Optional<String> from =
                request.query().first("mount").flatMap(m -> request.query().first("from"));
        if (from.isEmpty()) {
            return List.of();
        }
        try {
            return List.of(new Access.Repository(new RepositoryName(from.get()), PULL));
        } catch (RegistryException e) {
            // No repository has such a name, and the endpoint will say so.
            return List.of();
        }
    }

    /** All of them as the value of a {@code scope} parameter; empty if there is nothing to ask for. */
    public String scope() {
        return Stream.concat(required.stream(), helpful.stream())
                .map(Access::scope)
                .filter(scope -> !scope.isEmpty())
                .collect(Collectors.joining(" "));
    }
}
