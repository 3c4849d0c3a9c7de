package dev.berth.registry.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * What filters find out about a request on its way in, for those further out who write the exchange down when it is over: a
 * log, a journal. It decides nothing. Safe for use by several threads.
 */
public final class ExchangeNotes {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private final Headers headers;
    private volatile Caller caller = Caller.anonymous();
    private volatile List<String> remarks = List.of();
    private Optional<String> id = Optional.empty();

    /** For a request that came with these header fields. */
    ExchangeNotes(Headers headers) {
        this.headers = headers;
    }

    /** As {@link RegistryRequest#id()} says. Made when it is first asked for: most requests need none. */
    synchronized String id() {
        if (id.isEmpty()) {
            id = headers.first("X-Request-Id")
                    .filter(sent -> ID.matcher(sent).matches())
                    .or(() -> Optional.of(made()));
        }
        return id.get();
    }

    /** It is to be unique, and not to be hard to guess. */
    private static String made() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    /** On whose behalf the request is made, as far as somebody has found out. */
    public Caller caller() {
        return caller;
    }

    void caller(Caller newCaller) {
        caller = newCaller;
    }

    /** What was out of the ordinary, in the order it was met. */
    public List<String> remarks() {
        return remarks;
    }

    /** Adds something out of the ordinary, such as a fault that was injected: some words without a secret. */
    public synchronized void remark(String remark) {
        List<String> more = new ArrayList<>(remarks);
        more.add(remark);
        remarks = List.copyOf(more);
    }
}
