package dev.berth.registry.image.recording;

import dev.berth.registry.http.Headers;
import java.util.Comparator;

/**
 * What was asked, as far as the answer depends on it. Two requests that are equal are answered alike.
 *
 * @param method the HTTP method, in capitals
 * @param target path and query; an upload session in it is called {@code {upload}}, whatever it was
 * @param headers of {@code Accept}, {@code Range} and {@code If-None-Match} those that matter
 * @param body what was pushed, where it is a manifest
 */
public record RecordedRequest(String method, String target, Headers headers, RecordedBody body)
        implements Comparable<RecordedRequest> {

    private static final Comparator<RecordedRequest> ORDER = Comparator.comparing(RecordedRequest::target)
            .thenComparing(RecordedRequest::method)
            .thenComparing(request -> request.headers().toString())
            .thenComparing(request -> request.body().toString());

    /** The path without the query. */
    String path() {
        int question = target.indexOf('?');
        return question < 0 ? target : target.substring(0, question);
    }

    RecordedRequest withMethod(String newMethod) {
        return new RecordedRequest(newMethod, target, headers, body);
    }

    RecordedRequest without(String header) {
        return new RecordedRequest(method, target, headers.without(header), body);
    }

    /** By target, so that what was asked of one thing stands together. */
    @Override
    public int compareTo(RecordedRequest other) {
        return ORDER.compare(this, other);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecordedRequest request && compareTo(request) == 0;
    }

    @Override
    public int hashCode() {
        return target.hashCode() * 31 + method.hashCode();
    }

    /** The request line, and what else matters in brackets. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(method).append(' ').append(target);
        headers.forEach((name, value) ->
                out.append(" [").append(name).append(": ").append(value).append(']'));
        if (!(body instanceof RecordedBody.None)) {
            out.append(" [of ").append(body).append(']');
        }
        return out.toString();
    }
}
