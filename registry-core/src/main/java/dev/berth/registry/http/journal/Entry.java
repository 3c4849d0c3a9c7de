package dev.berth.registry.http.journal;

import dev.berth.registry.http.BodyWatch;
import dev.berth.registry.http.Headers;
import dev.berth.registry.http.RegistryRequest;
import dev.berth.registry.http.RegistryResponse;
import dev.berth.registry.http.RequestBody;
import dev.berth.registry.http.journal.Exchange.State;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/** An exchange that goes on. */
final class Entry implements BodyWatch {

    private final long number;
    private final Instant time;
    private final long start = System.nanoTime();
    private final RegistryRequest request;
    private final Runnable changed;
    private final AtomicLong received = new AtomicLong();
    private volatile long sent;
    private int status;
    private Headers headers = Headers.none();
    private State state = State.ASKED;
    private long length;
    private long end;

    Entry(long number, Instant time, RegistryRequest request, Runnable changed) {
        this.number = number;
        this.time = time;
        this.request = request.withHeaders(Masking.mask(request.headers())).withBody(RequestBody.empty());
        this.changed = changed;
    }

    RequestBody counting(RequestBody body) {
        return new RequestBody() {
            @Override
            public OptionalLong length() {
                return body.length();
            }

            @Override
            public CompletionStage<Void> drainTo(Sink sink) {
                return body.drainTo(bytes -> accept(bytes, sink));
            }

            private void accept(ByteBuffer bytes, Sink sink) throws IOException {
                received.addAndGet(bytes.remaining());
                sink.accept(bytes);
            }
        };
    }

    void answered(RegistryResponse response) {
        synchronized (this) {
            status = response.status();
            headers = Masking.mask(response.headers());
            length = response.body().length();
            state = State.ANSWERED;
        }
        changed.run();
    }

    @Override
    public void taken(long total) {
        sent = total;
    }

    @Override
    public void closed(long total) {
        synchronized (this) {
            sent = total;
            state = total < length ? State.CUT : State.SENT;
            end = System.nanoTime();
        }
        changed.run();
    }

    synchronized Exchange exchange() {
        boolean over = state == State.SENT || state == State.CUT;
        return new Exchange(
                number,
                time,
                request.withCaller(request.notes().caller()),
                status,
                headers,
                received.get(),
                sent,
                Duration.ofNanos((over ? end : System.nanoTime()) - start),
                state,
                request.notes().remarks());
    }
}
