package dev.berth.registry.http.fault;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.http.ConnectionCutException.Cut;
import dev.berth.registry.http.Headers;
import dev.berth.registry.http.HttpFilter;
import dev.berth.registry.http.RequestMatch;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * A fault in the making: says first which requests of those that match are hit, then, by one of the methods that return an
 * {@link ActiveFault}, what happens to them. Only that puts it in force. Immutable.
 */
public final class FaultRule {

    private final Faults faults;
    private final RequestMatch requests;
    private final Occasions occasions;
    private final boolean afterwards;

    FaultRule(Faults faults, RequestMatch requests, Occasions occasions, boolean afterwards) {
        this.faults = faults;
        this.requests = requests;
        this.occasions = occasions;
        this.afterwards = afterwards;
    }

    /** Hits so many and then no more. */
    public FaultRule times(long count) {
        return hitting(occasions.withTimes(count));
    }

    /** Hits the first one alone. */
    public FaultRule once() {
        return times(1);
    }

    /** Spares so many first. */
    public FaultRule after(long count) {
        return hitting(occasions.withSkip(count));
    }

    /** Hits the nth alone, counted from 1. */
    public FaultRule nth(long n) {
        return after(n - 1).times(1);
    }

    /** Hits each nth. */
    public FaultRule every(long n) {
        return hitting(occasions.withEvery(n));
    }

    /** Hits each with a probability of 0 to 1, drawn from a seed: the same requests in the same order are hit again. */
    public FaultRule chance(double probability, long seed) {
        return hitting(occasions.withChance(probability, seed));
    }

    /**
     * Hits for a while and then no more: from when the fault is in force until so much time has passed by the clock of the {@link
     * Faults}. Whoever is hit meanwhile is so to the end, as by a delay that is longer.
     *
     * @throws IllegalArgumentException if the time is not above zero
     */
    public FaultRule lasting(Duration time) {
        return hitting(occasions.withTime(time));
    }

    /**
     * Lets the registry do what is asked first, and then keeps its answer from the client: a push is there and the client
     * does not know. For {@link #status}, {@link #answer} and {@link #reset}.
     */
    public FaultRule afterwards() {
        return new FaultRule(faults, requests, occasions, true);
    }

    private FaultRule hitting(Occasions newOccasions) {
        return new FaultRule(faults, requests, newOccasions, afterwards);
    }

    /** Refuses with a status from 400 to 599 and the error code that goes with it. */
    public ActiveFault status(int status) {
        return refuse(status, code(status), "this is a fault that the test asked for");
    }

    /** Refuses with a status, an error code and a message. */
    public ActiveFault refuse(int status, ErrorCode code, String message) {
        return fault(new Fault.Refusal(status, new RegistryError(code, message), Headers.none()));
    }

    /** Refuses with 429, and says when to come again. */
    public ActiveFault tooManyRequests(Duration retryAfter) {
        return fault(new Fault.Refusal(
                429,
                new RegistryError(ErrorCode.TOOMANYREQUESTS, "you have asked too often"),
                Headers.of("Retry-After", Long.toString(retryAfter.toSeconds()))));
    }

    /** Answers as a proxy in front of the registry does: an HTML page, say. */
    public ActiveFault answer(int status, String contentType, String body) {
        return fault(new Fault.Answer(status, Headers.of("Content-Type", contentType), body));
    }

    /** Sends the client elsewhere with 307. */
    public ActiveFault redirect(URI location) {
        return fault(new Fault.Answer(307, Headers.of("Location", location.toASCIIString()), ""));
    }

    /** Takes its time before it does what is asked. */
    public ActiveFault delay(Duration duration) {
        return fault(new Fault.Delay(duration));
    }

    /** Lets bodies come slowly: what is pushed, and what is answered. */
    public ActiveFault bandwidth(long bytesPerSecond) {
        return fault(new Fault.Bandwidth(bytesPerSecond));
    }

    /** Sends so many bytes of the body, and then nothing for a while, as a line that hangs. */
    public ActiveFault stallAfter(long bytes, Duration duration) {
        return fault(new Fault.Stall(notNegative(bytes), duration));
    }

    /** Resets the connection in place of an answer. Unless {@link #afterwards} the registry does not hear of the request. */
    public ActiveFault reset() {
        return fault(afterwards ? new Fault.ConnectionCut(Cut.RESET_UNANSWERED, 0) : new Fault.UnheardReset());
    }

    /** Sends so many bytes of the body, and resets the connection. */
    public ActiveFault resetAfter(long bytes) {
        return fault(new Fault.ConnectionCut(Cut.RESET, notNegative(bytes)));
    }

    /** Takes so many bytes of the request's body, or all if there are fewer, and resets the connection. */
    public ActiveFault resetUploadAfter(long bytes) {
        return fault(new Fault.UploadReset(notNegative(bytes)));
    }

    /** Sends so many bytes of the body, and then says it was all: the connection ends in order, but too early. */
    public ActiveFault truncate(long bytes) {
        return fault(new Fault.ConnectionCut(Cut.END, notNegative(bytes)));
    }

    /** Flips the bits of one byte of the body, counted from 0; of the last one if the body is shorter. */
    public ActiveFault flipByte(long position) {
        return fault(new Fault.FlippedByte(notNegative(position)));
    }

    /** Sets a header field of the answer to something else. */
    public ActiveFault header(String name, String value) {
        return fault(new Fault.HeaderField(name, Optional.of(value)));
    }

    /** Leaves a header field of the answer out. */
    public ActiveFault withoutHeader(String name) {
        return fault(new Fault.HeaderField(name, Optional.empty()));
    }

    /** Says in {@code Docker-Content-Digest} the digest of something else. */
    public ActiveFault wrongDigest() {
        return header("Docker-Content-Digest", "sha256:" + "0".repeat(64));
    }

    /** Treats credentials as expired, so that the client has to get new ones. */
    public ActiveFault expireCredentials() {
        return fault(new Fault.LostCredentials());
    }

    /** Forgets the upload session that a request is for. */
    public ActiveFault forgetUpload() {
        return fault(new Fault.ForgottenUpload());
    }

    /**
     * Answers for a tag as before it was last pushed, moved or deleted, as registries do that are consistent only eventually: with the
     * manifest that it pointed to, or 404 if it was not there. Pushes that do not come by HTTP are known from {@link Faults#follow}.
     */
    public ActiveFault staleTag() {
        return fault(new Fault.StaleTag(faults.tags()));
    }

    /** Answers for a tag with another manifest of the repository. */
    public ActiveFault serve(Digest digest) {
        return fault(new Fault.OtherManifest(digest));
    }

    /** Does something of the test's own, printed in these words. */
    public ActiveFault filter(String words, HttpFilter filter) {
        return fault(new Fault.Custom(words, filter));
    }

    /**
     * Does what a filter does, printed in its own words: {@code faults.on(anyRequest()).filter(RegistryProfile.ghcr())} or {@code
     * filter(new LegalChaos())}, for one test alone.
     */
    public ActiveFault filter(HttpFilter filter) {
        return filter(filter.toString(), filter);
    }

    /**
     * Does what a fault says.
     *
     * @throws IllegalStateException if it is to do so afterwards and cannot
     */
    public ActiveFault fault(Fault fault) {
        boolean answers = fault instanceof Fault.Refusal
                || fault instanceof Fault.Answer
                || fault instanceof Fault.ConnectionCut
                || fault instanceof Fault.UnheardReset;
        if (afterwards && !answers) {
            throw new IllegalStateException(
                    "afterwards() goes with what takes the place of an answer, such as status(500) or"
                            + " reset(), and not with " + fault);
        }
        return faults.add(requests, occasions, fault, afterwards);
    }

    private static long notNegative(long bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("A position in a body is 0 or more, not " + bytes);
        }
        return bytes;
    }

    private static ErrorCode code(int status) {
        return switch (status) {
            case 401 -> ErrorCode.UNAUTHORIZED;
            case 403 -> ErrorCode.DENIED;
            case 404 -> ErrorCode.NAME_UNKNOWN;
            case 405 -> ErrorCode.UNSUPPORTED;
            case 429 -> ErrorCode.TOOMANYREQUESTS;
            case 503 -> ErrorCode.UNAVAILABLE;
            default -> ErrorCode.UNKNOWN;
        };
    }
}
