package dev.berth.registry.http;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Limits how many requests that bring content go on at the same time, as a filter behind the one that finds out who asks. One
 * too many is answered with {@link ErrorCode#TOOMANYREQUESTS} (429) and {@code Retry-After}, before its body is read; what it was
 * about stays as it is, so that the client can send it again. How large a blob or a manifest may be is said by {@link
 * HttpOptions}, how many sessions may be open by a quota. Safe for use by several threads.
 */
public final class UploadLimits implements HttpFilter {

    private static final Set<Endpoint> BRINGING =
            EnumSet.of(Endpoint.UPLOAD_BEGIN, Endpoint.UPLOAD_APPEND, Endpoint.UPLOAD_COMMIT, Endpoint.MANIFEST_PUT);

    private final OptionalInt total;
    private final OptionalInt perRepository;
    private final OptionalInt perCaller;
    private final Map<Object, Integer> goingOn = new ConcurrentHashMap<>();

    private UploadLimits(OptionalInt total, OptionalInt perRepository, OptionalInt perCaller) {
        this.total = total;
        this.perRepository = perRepository;
        this.perCaller = perCaller;
    }

    /** No limits yet. */
    public static UploadLimits none() {
        return new UploadLimits(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
    }

    /** The same with a limit for all together, at least 1. */
    public UploadLimits total(int most) {
        return new UploadLimits(check(most), perRepository, perCaller);
    }

    /** The same with a limit for each repository, at least 1. */
    public UploadLimits perRepository(int most) {
        return new UploadLimits(total, check(most), perCaller);
    }

    /** The same with a limit for each caller, at least 1: a user by name, and whoever has not said who they are by address. */
    public UploadLimits perCaller(int most) {
        return new UploadLimits(total, perRepository, check(most));
    }

    private static OptionalInt check(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("A limit for uploads is at least 1, not " + most);
        }
        return OptionalInt.of(most);
    }

    /** Whom a limit is for. */
    private record Whole() {}

    private record User(String name) {}

    private record Address(String address) {}

    @Override
    public CompletionStage<RegistryResponse> filter(RegistryRequest request, RegistryHandler next) {
        if (request.endpoint().filter(BRINGING::contains).isEmpty()) {
            return next.handle(request);
        }
        List<Object> taken = new ArrayList<>(3);
        try {
            take(new Whole(), total, "this registry", taken);
            Optional<RepositoryName> repository = repository(request.route());
            if (repository.isPresent()) {
                take(repository.get(), perRepository, repository.get().value(), taken);
            }
            take(caller(request), perCaller, "you", taken);
        } catch (RegistryException e) {
            giveBack(taken);
            return CompletableFuture.completedFuture(
                    RegistryResponse.refusing(request, e).with("Retry-After", "1"));
        }
        CompletionStage<RegistryResponse> answer;
        try {
            answer = next.handle(request);
        } catch (RuntimeException e) {
            giveBack(taken);
            throw e;
        }
        return answer.whenComplete((response, failure) -> giveBack(taken));
    }

    private void take(Object whom, OptionalInt limit, String name, List<Object> taken) {
        if (limit.isEmpty()) {
            return;
        }
        int most = limit.getAsInt();
        boolean[] fits = {false};
        // What is given back leaves no entry, so that names that were made up take no memory.
        goingOn.compute(whom, (key, count) -> {
            int before = count == null ? 0 : count;
            fits[0] = before < most;
            return fits[0] ? before + 1 : count;
        });
        if (fits[0]) {
            taken.add(whom);
        } else {
            throw new RegistryException(
                    ErrorCode.TOOMANYREQUESTS,
                    most + " uploads at the same time are allowed for " + name
                            + ", and so many go on: try again when one" + " has ended",
                    Map.of("limit", Integer.toString(most)));
        }
    }

    private void giveBack(List<Object> taken) {
        taken.forEach(whom -> goingOn.computeIfPresent(whom, (key, count) -> count == 1 ? null : count - 1));
    }

    private static Object caller(RegistryRequest request) {
        return request.caller().isAnonymous()
                ? new Address(request.connection().remoteAddress())
                : new User(request.caller().name());
    }

    private static Optional<RepositoryName> repository(Route route) {
        if (route instanceof Route.Uploads uploads) {
            return Optional.of(uploads.name());
        }
        if (route instanceof Route.Upload upload) {
            return Optional.of(upload.name());
        }
        return route instanceof Route.Manifest manifest ? Optional.of(manifest.name()) : Optional.empty();
    }
}
