package dev.berth.registry.http;

import java.util.Optional;

/** Entity tags: content is its digest, so the digest is the tag (RFC 9110, section 13). */
final class Conditional {

    private Conditional() {}

    static String etag(String digest) {
        return '"' + digest + '"';
    }

    /** Whether the client has this content already. Some clients send the digest without quotes; they mean the same. */
    static boolean notModified(RegistryRequest request, String etag) {
        Optional<String> header = request.headers().first("If-None-Match");
        if (header.isEmpty()) {
            return false;
        }
        for (String part : header.get().split(",")) {
            String candidate = part.trim();
            if (candidate.startsWith("W/")) {
                candidate = candidate.substring(2);
            }
            if (candidate.equals("*") || candidate.equals(etag) || etag.equals('"' + candidate + '"')) {
                return true;
            }
        }
        return false;
    }
}
