package dev.berth.standalone;

import dev.berth.registry.http.HttpOptions;
import dev.berth.registry.http.UploadLimits;
import dev.berth.standalone.rules.Limit;
import dev.berth.standalone.rules.Limits;
import java.util.Optional;
import java.util.function.BiFunction;

/** Limits for what requests bring. How many sessions may be open is a quota's. */
final class IncomingLimits {

    private IncomingLimits() {}

    static HttpOptions on(HttpOptions options, Limits limits) {
        if (limits.most().isEmpty()) {
            // As most often: a start is not to load what nobody needs.
            return options;
        }
        HttpOptions sizes = with(options, limits.of(Limit.BLOB), HttpOptions::withBlobLimit);
        sizes = with(sizes, limits.of(Limit.MANIFEST), (o, most) -> o.withManifestLimit(Math.toIntExact(most)));
        UploadLimits none = UploadLimits.none();
        UploadLimits uploads = with(none, limits.of(Limit.UPLOADS), (u, most) -> u.total(Math.toIntExact(most)));
        uploads = with(
                uploads, limits.of(Limit.UPLOADS_PER_REPOSITORY), (u, most) -> u.perRepository(Math.toIntExact(most)));
        uploads = with(uploads, limits.of(Limit.UPLOADS_PER_CLIENT), (u, most) -> u.perCaller(Math.toIntExact(most)));
        // A filter makes pulls take another way, so there is none without need.
        return uploads == none ? sizes : sizes.plusFilter(uploads);
    }

    private static <T> T with(T before, Optional<Long> limit, BiFunction<T, Long, T> change) {
        return limit.map(most -> change.apply(before, most)).orElse(before);
    }
}
