package dev.berth.registry.http;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.RegistryException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The manifest types that a client can read, from its {@code Accept} fields. A manifest is never converted; one that the
 * client has ruled out is, as with Docker's registry, not there for it. A client that names no manifest type gets what there
 * is, and so does everybody where the type is none of the usual ones.
 */
record AcceptedTypes(List<String> fields) {

    private static final Set<String> USUAL = Set.of(
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

    private boolean accepts(String mediaType) {
        boolean anyUsual = false;
        for (String field : fields) {
            for (String part : field.split(",")) {
                int semicolon = part.indexOf(';');
                String type = (semicolon < 0 ? part : part.substring(0, semicolon))
                        .trim()
                        .toLowerCase(Locale.ROOT);
                if (type.equals(mediaType) || type.equals("*/*") || type.equals("application/*")) {
                    return true;
                }
                anyUsual |= USUAL.contains(type);
            }
        }
        return !anyUsual;
    }
}
