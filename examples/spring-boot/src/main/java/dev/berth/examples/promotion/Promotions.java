package dev.berth.examples.promotion;

import java.net.URI;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

/** Gives an image a second tag. */
@RestController
class Promotions {

    private static final MediaType MANIFEST = MediaType.parseMediaType("application/vnd.oci.image.manifest.v1+json");
    private static final String PATH = "/v2/{namespace}/{name}/manifests/{tag}";

    private final RestClient registry;

    Promotions(@Value("${registry.uri}") URI registry) {
        this.registry = RestClient.create(registry);
    }

    @PostMapping("/promotions")
    Promoted promote(@RequestBody Promotion promotion) {
        byte[] manifest = registry.get()
                .uri(PATH, promotion.namespace, promotion.name, promotion.from)
                .accept(MANIFEST)
                .retrieve()
                .body(byte[].class);
        ResponseEntity<Void> pushed = registry.put()
                .uri(PATH, promotion.namespace, promotion.name, promotion.to)
                .contentType(MANIFEST)
                .body(manifest)
                .retrieve()
                .toBodilessEntity();
        return new Promoted(pushed.getHeaders().getFirst("Docker-Content-Digest"));
    }

    record Promotion(String namespace, String name, String from, String to) {}

    record Promoted(String digest) {}
}
