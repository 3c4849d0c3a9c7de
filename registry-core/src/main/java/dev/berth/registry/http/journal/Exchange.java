package dev.berth.registry.http.journal;

import dev.berth.registry.Digest;
import dev.berth.registry.http.Caller;
import dev.berth.registry.http.Endpoint;
import dev.berth.registry.http.Headers;
import dev.berth.registry.http.RegistryRequest;
import dev.berth.registry.http.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One request and what was answered, as far as it had come when it was asked for. Immutable.
 *
 * @param number counts the exchanges of a journal, from 1
 * @param time when the request came
 * @param request what was asked: without the body, and with secrets masked
 * @param status the status of the answer; 0 as long as there is none
 * @param headers the header fields of the answer, with secrets masked
 * @param received how many bytes of the request's body were read
 * @param sent how many bytes of the answer's body were sent
 * @param duration from the request to the end of the answer, or until now
 * @param state how far it has come
 * @param remarks what was out of the ordinary, such as faults
 */
public record Exchange(
        long number,
        Instant time,
        RegistryRequest request,
        int status,
        Headers headers,
        long received,
        long sent,
        Duration duration,
        State state,
        List<String> remarks) {

    /** How far an exchange has come. */
    public enum State {
        /** The request is being read or thought about. */
        ASKED,
        /** There is an answer, which is on its way. */
        ANSWERED,
        /** The answer was sent whole. */
        SENT,
        /** The connection ended before the answer did. */
        CUT
    }

    public Exchange {
        remarks = List.copyOf(remarks);
    }

    /** The method, in capitals. */
    public String method() {
        return request.method();
    }

    /** What the path names. */
    public Route route() {
        return request.route();
    }

    /** The endpoint, or empty if there is none of that method and route. */
    public Optional<Endpoint> endpoint() {
        return request.endpoint();
    }

    /** On whose behalf it was. */
    public Caller caller() {
        return request.caller();
    }

    /** The client, as it calls itself. */
    public Optional<String> userAgent() {
        return request.headers().first("User-Agent");
    }

    /** Whether it was answered with a status below 400, and the answer was not cut. */
    public boolean succeeded() {
        return status > 0 && status < 400 && state != State.CUT;
    }

    /** The digest that the answer names in {@code Docker-Content-Digest}. */
    public Optional<Digest> digest() {
        return headers.first("Docker-Content-Digest").map(Digest::parse);
    }

    /** One line for a person. */
    @Override
    public String toString() {
        return ExchangeTable.line(this);
    }
}
