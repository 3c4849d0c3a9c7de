package dev.berth.registry.image.recording;

import dev.berth.registry.Digest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.http.Headers;
import dev.berth.registry.text.Quoted;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what {@link ExchangeText} writes, and says in which line it cannot. */
final class ExchangeParser {

    private static final Pattern REQUEST = Pattern.compile("([A-Z]+) (/\\S*)");
    private static final Pattern STATUS = Pattern.compile("[1-5][0-9][0-9]");
    private static final Pattern FIELD = Pattern.compile("([!#-'*+.^_`|~0-9A-Za-z-]+): ?(.*)");
    private static final Pattern CONTENT = Pattern.compile("= (\\S+) ([0-9]{1,18})");

    private final Path file;
    private final List<String> lines;
    private int at;

    private ExchangeParser(Path file, List<String> lines) {
        this.file = file;
        this.lines = lines;
    }

    static List<RecordedExchange> parse(Path file, List<String> lines) throws IOException {
        return new ExchangeParser(file, lines).exchanges();
    }

    private List<RecordedExchange> exchanges() throws IOException {
        List<RecordedExchange> exchanges = new ArrayList<>();
        while (at < lines.size()) {
            String line = lines.get(at);
            if (line.isBlank() || line.startsWith("#")) {
                at++;
            } else {
                exchanges.add(exchange());
            }
        }
        return exchanges;
    }

    private RecordedExchange exchange() throws IOException {
        Matcher request = first('>', REQUEST, "a request such as '> GET /v2/team/app/manifests/1.0'");
        Part asked = part('>');
        Matcher status = first('<', STATUS, "the answer's status, such as '< 200'");
        Part answered = part('<');
        return new RecordedExchange(
                new RecordedRequest(request.group(1), request.group(2), asked.headers, asked.body),
                new RecordedAnswer(Integer.parseInt(status.group()), answered.headers, answered.body));
    }

    private Matcher first(char mark, Pattern pattern, String wanted) throws IOException {
        String line = at < lines.size() ? lines.get(at) : "";
        Matcher matcher = pattern.matcher(line.length() > 2 ? line.substring(2) : "");
        if (!line.startsWith(mark + " ") || !matcher.matches()) {
            throw wrong(wanted);
        }
        at++;
        return matcher;
    }

    private Part part(char mark) throws IOException {
        Headers headers = Headers.none();
        RecordedBody body = new RecordedBody.None();
        StringJoiner text = new StringJoiner("\n");
        boolean hasText = false;
        for (; at < lines.size() && lines.get(at).startsWith(mark + " "); at++) {
            String line = lines.get(at).substring(2);
            Matcher field = FIELD.matcher(line);
            Matcher content = CONTENT.matcher(line);
            if (line.startsWith("|")) {
                text.add(line.substring(Math.min(2, line.length())));
                hasText = true;
            } else if (content.matches()) {
                body = new RecordedBody.Content(digest(content.group(1)), Long.parseLong(content.group(2)));
            } else if (field.matches()) {
                headers = headers.plus(field.group(1), field.group(2));
            } else {
                throw wrong("a field such as 'Content-Type: text/plain', a body '= digest size', or one '| text'");
            }
        }
        return new Part(headers, hasText ? new RecordedBody.Text(text.toString()) : body);
    }

    private Digest digest(String text) throws IOException {
        try {
            return Digest.parse(text);
        } catch (RegistryException e) {
            throw new IOException(file + ", line " + (at + 1) + ": " + e.getMessage(), e);
        }
    }

    private IOException wrong(String wanted) {
        String found = at < lines.size() ? Quoted.of(lines.get(at)) : "the file's end";
        return new IOException(file + ", line " + (at + 1) + ": " + wanted + " was expected here, and not " + found);
    }

    private record Part(Headers headers, RecordedBody body) {}
}
