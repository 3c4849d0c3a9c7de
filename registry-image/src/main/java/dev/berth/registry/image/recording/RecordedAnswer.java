package dev.berth.registry.image.recording;

import dev.berth.registry.http.Headers;

/**
 * What was answered, without what changes each time and without secrets.
 *
 * @param status the HTTP status
 * @param headers the header fields that are kept; {@code {registry}}, {@code {upload}} and {@code {received}} in them stand for
 *     what is known at replay alone
 * @param body the body
 */
public record RecordedAnswer(int status, Headers headers, RecordedBody body) {

    @Override
    public boolean equals(Object other) {
        return other instanceof RecordedAnswer answer
                && status == answer.status
                && headers.toString().equals(answer.headers.toString())
                && body.equals(answer.body);
    }

    @Override
    public int hashCode() {
        return status * 31 + body.hashCode();
    }
}
