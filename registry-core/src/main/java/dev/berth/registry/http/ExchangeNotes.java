package dev.berth.registry.http;

import java.util.ArrayList;
import java.util.List;

/**
 * What filters find out about a request on its way in, for those further out who write the exchange down when it is over: a
 * log, a journal. It decides nothing. Safe for use by several threads.
 */
public final class ExchangeNotes {

    private volatile Caller caller = Caller.anonymous();
    private volatile List<String> remarks = List.of();

    ExchangeNotes() {}

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
