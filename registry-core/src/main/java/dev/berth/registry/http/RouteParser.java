package dev.berth.registry.http;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Reference;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.UploadId;
import dev.berth.registry.text.Quoted;
import java.util.List;

/**
 * Reads a path from its end: names may hold any word that endpoints are called by, so only the last segments tell what is
 * meant.
 */
final class RouteParser {

    private static final String PREFIX = "/v2/";
    private static final String CATALOG = PREFIX + "_catalog";

    private RouteParser() {}

    static Route parse(String rawPath) {
        try {
            return parseOrThrow(rawPath);
        } catch (RegistryException e) {
            return new Route.Invalid(rawPath, e);
        }
    }

    private static Route parseOrThrow(String rawPath) {
        if (rawPath.equals("/") || rawPath.isEmpty()) {
            return new Route.Root();
        }
        if (rawPath.equals(PREFIX) || rawPath.equals("/v2")) {
            return new Route.Base();
        }
        if (!rawPath.startsWith(PREFIX)) {
            throw unknownPath(rawPath);
        }
        if (rawPath.equals(CATALOG)) {
            return new Route.Catalog();
        }
        int lastSlash = rawPath.lastIndexOf('/');
        if (lastSlash <= PREFIX.length()) {
            throw unknownPath(rawPath);
        }
        int slashBefore = rawPath.lastIndexOf('/', lastSlash - 1);
        String last = rawPath.substring(lastSlash + 1);
        String lastButOne = rawPath.substring(slashBefore + 1, lastSlash);
        String before = slashBefore < PREFIX.length() ? "" : rawPath.substring(PREFIX.length(), slashBefore);
        switch (lastButOne) {
            case "manifests":
                return new Route.Manifest(name(before, rawPath), Reference.parse(segment(last)));
            case "tags":
                if (last.equals("list")) {
                    return new Route.Tags(name(before, rawPath));
                }
                throw unknownPath(rawPath);
            case "referrers":
                return new Route.Referrers(name(before, rawPath), Digest.parse(segment(last)));
            case "blobs":
                if (last.equals("uploads")) {
                    return new Route.Uploads(name(before, rawPath));
                }
                return new Route.Blob(name(before, rawPath), Digest.parse(segment(last)));
            case "uploads":
                return upload(before, last, rawPath);
            default:
                throw unknownPath(rawPath);
        }
    }

    private static Route upload(String before, String last, String rawPath) {
        if (!before.endsWith("/blobs")) {
            throw unknownPath(rawPath);
        }
        RepositoryName name = name(before.substring(0, before.length() - "/blobs".length()), rawPath);
        return last.isEmpty() ? new Route.Uploads(name) : new Route.Upload(name, new UploadId(segment(last)));
    }

    private static RepositoryName name(String raw, String rawPath) {
        if (raw.isEmpty()) {
            throw unknownPath(rawPath);
        }
        return new RepositoryName(decode(raw));
    }

    /** A slash that came in disguise would turn one segment into two behind the back of whoever checked the path before. */
    private static String segment(String raw) {
        return decode(raw);
    }

    private static String decode(String raw) {
        String decoded = PercentCoding.decode(raw).orElseThrow(() -> notAName(raw));
        boolean slashInDisguise = decoded.length() != raw.length() && count(decoded, '/') != count(raw, '/');
        if (slashInDisguise) {
            throw notAName(raw);
        }
        return decoded;
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(c -> c == wanted).count();
    }

    private static RegistryException notAName(String raw) {
        return new RegistryException(
                ErrorCode.NAME_INVALID,
                "the path holds " + Quoted.of(raw) + ", whose percent-encoding is not allowed here");
    }

    private static RegistryException unknownPath(String rawPath) {
        return new RegistryException(
                404,
                List.of(new RegistryError(
                        ErrorCode.UNSUPPORTED,
                        "no endpoint has the path " + Quoted.of(rawPath)
                                + ": they are /v2/, /v2/_catalog and /v2/<name>/{manifests,blobs,tags,referrers}/…")));
    }
}
