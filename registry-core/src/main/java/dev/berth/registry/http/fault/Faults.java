package dev.berth.registry.http.fault;

import dev.berth.registry.event.Events;
import dev.berth.registry.event.Subscription;
import dev.berth.registry.http.HttpFilter;
import dev.berth.registry.http.RegistryHandler;
import dev.berth.registry.http.RegistryRequest;
import dev.berth.registry.http.RegistryResponse;
import dev.berth.registry.http.RequestMatch;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/**
 * The faults of a registry under test: a filter to which faults are added, and from which they are taken, while it serves.
 * What is put in front of it, such as a journal, sees the faults' answers; credentials are checked behind it.
 *
 * <p>If several faults hit a request, each does: the first one added is the outermost. An exchange's {@linkplain
 * RegistryRequest#notes notes} say what hit it. Safe for use by several threads.
 */
public final class Faults implements HttpFilter {

    private final List<ActiveFault> active = new CopyOnWriteArrayList<>();
    private final TagMemory tags = new TagMemory();
    private final Clock clock;
    private volatile boolean following;

    /** No faults yet, and time as the system has it. */
    public Faults() {
        this(Clock.systemUTC());
    }

    /**
     * No faults yet.
     *
     * @param clock tells when the time of a fault has passed that is {@linkplain FaultRule#lasting for a while}
     */
    public Faults(Clock clock) {
        this.clock = clock;
    }

    /** Begins a fault for some requests: {@code faults.on(blobGet()).times(2).reset()}. */
    public FaultRule on(RequestMatch requests) {
        return new FaultRule(this, requests, Occasions.ALWAYS, false);
    }

    ActiveFault add(RequestMatch requests, Occasions occasions, Fault fault, boolean afterwards) {
        ActiveFault added =
                new ActiveFault(requests, occasions, occasions.begin(clock), fault, afterwards, active::remove);
        active.add(added);
        return added;
    }

    /**
     * Takes note of what happens in a registry, so that {@link FaultRule#staleTag} knows of pushes that do not come by HTTP: {@code
     * faults.follow(server.events())}. A registry of {@code registry-junit5} is followed already.
     *
     * @return ends it when it is closed
     */
    public Subscription follow(Events events) {
        following = true;
        return events.subscribe(tags::see);
    }

    TagMemory tags() {
        return tags;
    }

    /** The faults there are, those that will hit nothing more included. */
    public List<ActiveFault> active() {
        return List.copyOf(active);
    }

    /** Takes all faults away. */
    public void clear() {
        active.clear();
    }

    @Override
    public CompletionStage<RegistryResponse> filter(RegistryRequest request, RegistryHandler next) {
        List<ActiveFault> hitting = new ArrayList<>();
        for (ActiveFault fault : active) {
            if (fault.hits(request)) {
                request.notes().remark(fault.fault().toString());
                hitting.add(fault);
            }
        }
        RegistryHandler handler = following
                ? next
                : heard -> next.handle(heard).thenApply(response -> {
                    tags.see(heard, response);
                    return response;
                });
        for (int i = hitting.size() - 1; i >= 0; i--) {
            handler = hitting.get(i).around(handler);
        }
        return handler.handle(request);
    }

    /** One fault a line, with how often each has hit. */
    @Override
    public String toString() {
        return active.isEmpty()
                ? "no faults"
                : active.stream().map(ActiveFault::toString).collect(Collectors.joining("\n"));
    }
}
