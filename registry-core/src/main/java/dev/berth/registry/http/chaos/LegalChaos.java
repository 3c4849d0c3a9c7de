package dev.berth.registry.http.chaos;

import dev.berth.registry.http.HttpFilter;
import dev.berth.registry.http.RegistryHandler;
import dev.berth.registry.http.RegistryRequest;
import dev.berth.registry.http.RegistryResponse;
import dev.berth.registry.http.profile.UploadTerms;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Takes, at each request, some of the {@linkplain Liberty liberties} that the specification gives a registry, as a seed says: a
 * client that gets along with it has not come to rely on one registry's habits. What a client is told it is held to: a chunk that is
 * too short, or an upload that goes on where it was before, is refused. The same requests in the same order meet the same again. It
 * prints its seed, and an exchange's notes say which liberties were taken. Safe for use by several threads.
 *
 * <pre>{@code
 * LegalChaos chaos = new LegalChaos();          // prints: legal chaos from seed 4711
 * RegistryServer.builder().filter(chaos).start();
 * }</pre>
 */
public final class LegalChaos implements HttpFilter {

    private final long seed;
    private final Set<Liberty> liberties;
    private final AtomicLong requests = new AtomicLong();
    private final UploadTerms terms = new UploadTerms();

    /** All liberties, from a seed that is drawn now. */
    public LegalChaos() {
        this(new Random().nextInt(1_000_000));
    }

    /** All liberties. */
    public LegalChaos(long seed) {
        this(seed, EnumSet.allOf(Liberty.class));
    }

    /** Some liberties. */
    public LegalChaos(long seed, Set<Liberty> liberties) {
        this.seed = seed;
        this.liberties = Set.copyOf(liberties);
    }

    /** What all choices follow from. */
    public long seed() {
        return seed;
    }

    @Override
    public CompletionStage<RegistryResponse> filter(RegistryRequest request, RegistryHandler next) {
        Random random = new Random(seed * 1_000_003 + requests.incrementAndGet());
        RegistryHandler handler = next;
        for (Liberty liberty : Liberty.values()) {
            // Each is drawn for, so that fewer liberties make no other choices of the rest.
            if (random.nextBoolean() && liberties.contains(liberty)) {
                request.notes().remark(liberty.toString());
                RegistryHandler inner = handler;
                handler = r -> liberty.filter(r, inner);
            }
        }
        return terms.filter(request, handler);
    }

    @Override
    public String toString() {
        return "legal chaos from seed " + seed;
    }
}
