package dev.berth.registry.image.remote;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.berth.registry.Page;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lists of names, page by page. */
final class RemoteLists {

    private static final int LONGEST = 64 << 20;
    private static final Pattern NEXT = Pattern.compile("<([^>]*)>\\s*;[^,]*rel=\"?next\"?");

    private final RemoteClient client;

    RemoteLists(RemoteClient client) {
        this.client = client;
    }

    /** Names in a field of an object, or empty if the answer is 404. */
    Optional<Page<String>> names(String path, String purpose, String field, Optional<String> after, int limit)
            throws IOException {
        String query = "?n=" + limit
                + after.map(a -> "&last=" + URLEncoder.encode(a, StandardCharsets.UTF_8))
                        .orElse("");
        HttpResponse<InputStream> response =
                client.request("GET", path + query).about(purpose).send();
        if (response.statusCode() == 404) {
            response.body().close();
            return Optional.empty();
        }
        List<String> names = parse(body(response), field);
        // Some registries send all there is, whatever was asked for.
        List<String> behind = names.stream()
                .filter(name -> after.isEmpty() || name.compareTo(after.get()) > 0)
                .toList();
        boolean more = behind.size() > limit || (next(response).isPresent() && !behind.isEmpty());
        return Optional.of(new Page<>(behind.subList(0, Math.min(limit, behind.size())), more));
    }

    /** The body of a success. */
    static byte[] body(HttpResponse<InputStream> response) throws IOException {
        if (response.statusCode() != 200) {
            throw RemoteClient.refusal(response);
        }
        try (InputStream in = response.body()) {
            byte[] bytes = in.readNBytes(LONGEST + 1);
            if (bytes.length > LONGEST) {
                throw new IOException(response.request().uri().getPath() + " was answered with more than " + LONGEST
                        + " bytes, which is the limit");
            }
            return bytes;
        }
    }

    /** Where the next page is. */
    static Optional<String> next(HttpResponse<?> response) {
        for (String link : response.headers().allValues("Link")) {
            Matcher matcher = NEXT.matcher(link);
            if (matcher.find()) {
                return Optional.ofNullable(matcher.group(1));
            }
        }
        return Optional.empty();
    }

    private static List<String> parse(byte[] body, String field) throws IOException {
        List<String> names = new ArrayList<>();
        try (JsonParser json = new JsonFactory().createParser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("A list of '" + field + "' was to come, and something else did");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = json.currentName().equals(field);
                if (json.nextToken() != JsonToken.START_ARRAY || !wanted) {
                    json.skipChildren();
                    continue;
                }
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    names.add(json.getValueAsString(""));
                    json.skipChildren();
                }
            }
        }
        return names;
    }
}
