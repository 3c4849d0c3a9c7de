package dev.berth.registry.image.remote;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Page;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Referrers by the endpoint for them or, where a registry has none, by the tag that clients keep instead (OCI Distribution
 * Specification, "Referrers Tag Schema"). All are fetched, since the pages of others cannot be begun at a digest.
 */
final class RemoteReferrers {

    private static final int MOST = 10_000;

    private final RemoteClient client;

    RemoteReferrers(RemoteClient client) {
        this.client = client;
    }

    Page<Descriptor> list(String repository, Digest subject, Optional<String> type, Optional<Digest> after, int limit)
            throws IOException {
        List<Descriptor> found = all(repository, subject, type).stream()
                .filter(d -> type.isEmpty() || type.equals(d.artifactType()))
                .filter(d -> after.isEmpty() || d.digest().compareTo(after.get()) > 0)
                .sorted(Comparator.comparing(Descriptor::digest))
                .toList();
        return new Page<>(found.subList(0, Math.min(limit, found.size())), found.size() > limit);
    }

    private List<Descriptor> all(String repository, Digest subject, Optional<String> type) throws IOException {
        List<Descriptor> found = new ArrayList<>();
        Optional<String> next = Optional.of("/v2/" + repository + "/referrers/" + subject
                + type.map(t -> "?artifactType=" + URLEncoder.encode(t, StandardCharsets.UTF_8))
                        .orElse(""));
        while (next.isPresent()) {
            HttpResponse<InputStream> response =
                    client.request("GET", next.get()).about(repository).send();
            if (response.statusCode() == 404) {
                response.body().close();
                return byTag(repository, subject);
            }
            found.addAll(entries(RemoteLists.body(response)));
            if (found.size() > MOST) {
                throw new IOException(subject + " has more than " + MOST + " referrers, which is the limit");
            }
            next = RemoteLists.next(response);
        }
        return found;
    }

    private List<Descriptor> byTag(String repository, Digest subject) throws IOException {
        String tag = subject.algorithm().id() + "-" + subject.hex();
        HttpResponse<InputStream> response = client.request("GET", "/v2/" + repository + "/manifests/" + tag)
                .about(repository)
                .header("Accept", MediaTypes.OCI_INDEX)
                .send();
        if (response.statusCode() == 404) {
            response.body().close();
            return List.of();
        }
        return entries(RemoteLists.body(response));
    }

    private static List<Descriptor> entries(byte[] index) {
        return Manifest.of(index, Optional.of(MediaTypes.OCI_INDEX), Digest.of(index))
                .manifests();
    }
}
