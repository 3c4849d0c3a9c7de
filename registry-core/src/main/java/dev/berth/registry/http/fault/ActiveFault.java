package dev.berth.registry.http.fault;

import dev.berth.registry.http.RegistryHandler;
import dev.berth.registry.http.RegistryRequest;
import dev.berth.registry.http.RegistryResponse;
import dev.berth.registry.http.RequestMatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A fault that is in force. Safe for use by several threads. */
public final class ActiveFault {

    private final RequestMatch requests;
    private final Fault fault;
    private final boolean afterwards;
    private final Consumer<ActiveFault> remover;
    private final Occasions occasions;
    private final Occasions.Count count;

    ActiveFault(
            RequestMatch requests,
            Occasions occasions,
            Occasions.Count count,
            Fault fault,
            boolean afterwards,
            Consumer<ActiveFault> remover) {
        this.requests = requests;
        this.fault = fault;
        this.afterwards = afterwards;
        this.remover = remover;
        this.occasions = occasions;
        this.count = count;
    }

    /** What goes wrong. */
    public Fault fault() {
        return fault;
    }

    /** How often it has. */
    public long hits() {
        return count.hits();
    }

    /** How many requests it could have hit, by what they ask for. */
    public long matches() {
        return count.seen();
    }

    /** Ends it. */
    public void remove() {
        remover.accept(this);
    }

    boolean hits(RegistryRequest request) {
        return requests.test(request) && count.next();
    }

    RegistryHandler around(RegistryHandler next) {
        return afterwards
                ? request -> next.handle(request).thenCompose(done -> {
                    close(done);
                    return fault.filter(request, again -> CompletableFuture.completedFuture(RegistryResponse.of(200)));
                })
                : request -> fault.filter(request, next);
    }

    private static void close(RegistryResponse response) {
        try {
            response.body().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return requests + occasions.toString() + ": " + (afterwards ? "done, but then " : "") + fault + " (hit "
                + hits() + " of " + matches() + (count.over() ? "; its time is over)" : ")");
    }
}
