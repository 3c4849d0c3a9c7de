package dev.berth.registry.image.recording;

import dev.berth.registry.http.Headers;
import java.util.List;

/**
 * Exchanges as a person reads them: lines that begin with {@code >} are the request, those with {@code <} the answer; {@code =} is
 * a body in a file of that digest, {@code |} a line of one that stands here.
 */
final class ExchangeText {

    private static final String HEADING = """
            # What a registry answered, for tests to be answered the same: see RecordedRegistry of Berth.
            # > is a request, < its answer, = a body that is in blobs/, | a body that is here.
            """;

    private ExchangeText() {}

    static String of(List<RecordedExchange> exchanges) {
        StringBuilder out = new StringBuilder(HEADING);
        for (RecordedExchange exchange : exchanges) {
            RecordedRequest request = exchange.request();
            RecordedAnswer answer = exchange.answer();
            out.append("\n> ")
                    .append(request.method())
                    .append(' ')
                    .append(request.target())
                    .append('\n');
            append(out, "> ", request.headers(), request.body());
            out.append("< ").append(answer.status()).append('\n');
            append(out, "< ", answer.headers(), answer.body());
        }
        return out.toString();
    }

    private static void append(StringBuilder out, String mark, Headers headers, RecordedBody body) {
        headers.forEach((name, value) ->
                out.append(mark).append(name).append(": ").append(value).append('\n'));
        if (body instanceof RecordedBody.Content content) {
            out.append(mark)
                    .append("= ")
                    .append(content.digest())
                    .append(' ')
                    .append(content.size())
                    .append('\n');
        } else if (body instanceof RecordedBody.Text text) {
            for (String line : text.text().split("\n", -1)) {
                out.append(mark).append("| ").append(line).append('\n');
            }
        }
    }
}
