package dev.berth.registry.image.recording;

import dev.berth.registry.http.Headers;
import dev.berth.registry.http.HttpOptions.LocationStyle;
import dev.berth.registry.http.Query;
import dev.berth.registry.http.RegistryRequest;
import dev.berth.registry.http.RegistryResponse;
import dev.berth.registry.http.Route;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * How requests and answers are written down. Only header fields that are known to mean something are: what is secret, and what
 * changes each time, has no other way in.
 */
final class Notation {

    static final String REGISTRY = "{registry}";
    static final String UPLOAD = "{upload}";
    static final String RECEIVED = "{received}";

    private static final int LONGEST_TEXT = 16 << 10;
    private static final List<String> PARAMETERS =
            List.of("digest", "digest-algorithm", "mount", "from", "tag", "n", "last", "artifactType", "page");
    private static final List<String> KEPT = List.of(
            "Content-Type",
            "Content-Length",
            "Content-Range",
            "Accept-Ranges",
            "Allow",
            "Docker-Content-Digest",
            "Docker-Distribution-Api-Version",
            "Docker-Upload-UUID",
            "ETag",
            "Link",
            "Location",
            "OCI-Chunk-Max-Length",
            "OCI-Chunk-Min-Length",
            "OCI-Filters-Applied",
            "OCI-Subject",
            "OCI-Tag",
            "Range",
            "Retry-After",
            "Warning",
            "WWW-Authenticate");
    private static final Pattern DIGEST = Pattern.compile("(W/)?\"sha(256|512):[0-9a-f]+\"");
    private static final Pattern SECRET_FIELD = Pattern.compile(
            "(\"[^\"\\\\]*(?:token|password|passwd|secret|signature|credential)[^\"\\\\]*\"\\s*:\\s*)\"(?:[^\"\\\\]|\\\\.)*\"",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern SECRET_PARAMETER = Pattern.compile(
            "([?&][^=&\\s\"<>]*(?:token|sig|signature|credential|key|password|secret|policy)[^=&\\s\"<>]*=)[^&\\s\"<>]*",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern SECRET_SCHEME =
            Pattern.compile("\\b(Bearer|Basic) +(?!realm=)[A-Za-z0-9+/=._~-]{16,}");

    private final UnaryOperator<String> redaction;

    /** @param redaction takes the secrets out that are known */
    Notation(UnaryOperator<String> redaction) {
        this.redaction = redaction;
    }

    static RecordedRequest of(RegistryRequest request, RecordedBody body) {
        String path = request.route() instanceof Route.Upload upload
                ? new Route.Uploads(upload.name()).path() + UPLOAD
                : request.route().path();
        Query query = Query.empty();
        for (String name : PARAMETERS) {
            for (String value : request.query().all(name)) {
                query = query.plus(name, value);
            }
        }
        return new RecordedRequest(request.method(), path + query, keys(request), body);
    }

    private static Headers keys(RegistryRequest request) {
        Headers keys = Headers.none();
        List<String> accept = request.headers().all("Accept");
        if (request.route() instanceof Route.Manifest && !accept.isEmpty()) {
            keys = keys.plus("Accept", String.join(", ", accept));
        }
        for (String name : List.of("Range", "If-None-Match")) {
            Optional<String> value = request.headers().first(name);
            if (value.isPresent()) {
                keys = keys.plus(name, value.get());
            }
        }
        return keys;
    }

    /** The header fields of an answer that are kept, in an order of ours. */
    Headers headers(RegistryRequest request, RegistryResponse response) {
        Headers kept = Headers.none();
        String origin = LocationStyle.ABSOLUTE.origin(request);
        for (String name : KEPT) {
            for (String value : response.headers().all(name)) {
                if (isKept(request, name, value)) {
                    kept = kept.plus(name, redacted(value(request, name, value, origin)));
                }
            }
        }
        return kept;
    }

    private static boolean isKept(RegistryRequest request, String name, String value) {
        return switch (name) {
            case "Content-Length" -> request.method().equals("HEAD");
            case "ETag" -> DIGEST.matcher(value).matches();
            default -> true;
        };
    }

    private static String value(RegistryRequest request, String name, String value, String origin) {
        boolean ofUpload = request.route() instanceof Route.Upload || request.route() instanceof Route.Uploads;
        return switch (name) {
            case "Docker-Upload-UUID" -> UPLOAD;
            case "Range" -> ofUpload ? RECEIVED : value;
            case "Location" -> {
                boolean absolute = value.startsWith(origin);
                String path = absolute ? value.substring(origin.length()) : value;
                int question = path.indexOf('?');
                Route route = Route.parse(question < 0 ? path : path.substring(0, question));
                yield (absolute ? REGISTRY : "")
                        + (route instanceof Route.Upload upload
                                ? new Route.Uploads(upload.name()).path() + UPLOAD
                                : route.path());
            }
            default -> value;
        };
    }

    /** A body as a text, if it can be one. */
    Optional<RecordedBody> text(byte[] body) {
        if (body.length > LONGEST_TEXT) {
            return Optional.empty();
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            boolean plain = text.codePoints()
                    .allMatch(c -> c == '\n'
                            || c == '\t'
                            || (c >= 0x20 && c != 0x7f && c != 0x85 && c != 0x2028 && c != 0x2029));
            return plain ? Optional.of(new RecordedBody.Text(redacted(text))) : Optional.empty();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** A body that is no text of ours, byte for byte but for the secrets. */
    byte[] redacted(byte[] body) {
        String utf8 = new String(body, StandardCharsets.UTF_8);
        Charset charset = Arrays.equals(utf8.getBytes(StandardCharsets.UTF_8), body)
                ? StandardCharsets.UTF_8
                : StandardCharsets.ISO_8859_1;
        return redacted(new String(body, charset)).getBytes(charset);
    }

    /** The text without what is a secret, or is called one. */
    String redacted(String text) {
        String redacted = SECRET_FIELD.matcher(redaction.apply(text)).replaceAll("$1\"***\"");
        redacted = SECRET_PARAMETER.matcher(redacted).replaceAll("$1***");
        return SECRET_SCHEME.matcher(redacted).replaceAll("$1 ***");
    }

    /** Whether a type is one that a client would take. */
    static boolean accepts(RegistryRequest request, Headers answer) {
        List<String> accepted = request.headers().all("Accept");
        Optional<String> type = answer.first("Content-Type").map(t -> t.toLowerCase(Locale.ROOT));
        return accepted.isEmpty()
                || type.isEmpty()
                || accepted.stream()
                        .map(a -> a.toLowerCase(Locale.ROOT))
                        .anyMatch(a -> a.contains(type.get()) || a.contains("*/*") || a.contains("application/*"));
    }
}
