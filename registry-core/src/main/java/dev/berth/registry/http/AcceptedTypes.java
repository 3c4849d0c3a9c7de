package dev.berth.registry.http;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.RegistryException;
import java.util.List;

/**
 * The manifest types that a client can read, from its {@code Accept} fields. A manifest is never converted; one that the
 * client has ruled out is, as with Docker's registry, not there for it. A client that names no manifest type gets what there
 * is, and so does everybody where the type is none of the usual ones.
 */
record AcceptedTypes(List<String> fields) {

    private static final List<String> USUAL = List.of(
            MediaTypes.OCI_MANIFEST, MediaTypes.OCI_INDEX, MediaTypes.DOCKER_MANIFEST, MediaTypes.DOCKER_MANIFEST_LIST);

    static AcceptedTypes of(RegistryRequest request) {
        return new AcceptedTypes(request.headers().all("Accept"));
    }

    void check(Manifest manifest) {
        if (!USUAL.contains(manifest.mediaType()) || accepts(manifest.mediaType())) {
            return;
        }
        throw new RegistryException(
                ErrorCode.MANIFEST_UNKNOWN,
                "the manifest is of the type " + manifest.mediaType()
                        + ", which the request's Accept header does not list: add it");
    }

    /** Reads the fields where they stand: clients name many types, and a copy of each would be most of what a pull leaves behind. */
    private boolean accepts(String mediaType) {
        boolean anyUsual = false;
        for (String field : fields) {
            int start = 0;
            while (start < field.length()) {
                int comma = field.indexOf(',', start);
                int end = comma < 0 ? field.length() : comma;
                int semicolon = field.indexOf(';', start);
                Part part = Part.of(field, start, semicolon < 0 ? end : Math.min(semicolon, end));
                if (part.is(mediaType) || part.is("*/*") || part.is("application/*")) {
                    return true;
                }
                anyUsual |= part.isUsual();
                start = end + 1;
            }
        }
        return !anyUsual;
    }

    /** A type as it stands in a field. */
    private record Part(String field, int start, int end) {

        /** Without the space around it. */
        static Part of(String field, int start, int end) {
            int from = start;
            int to = end;
            while (from < to && field.charAt(from) <= ' ') {
                from++;
            }
            while (from < to && field.charAt(to - 1) <= ' ') {
                to--;
            }
            return new Part(field, from, to);
        }

        boolean is(String type) {
            return end - start == type.length() && field.regionMatches(true, start, type, 0, type.length());
        }

        boolean isUsual() {
            for (int i = 0; i < USUAL.size(); i++) {
                if (is(USUAL.get(i))) {
                    return true;
                }
            }
            return false;
        }
    }
}
