package dev.berth.registry.http.profile;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.http.Endpoint;
import dev.berth.registry.http.HttpFilter;
import dev.berth.registry.http.RegistryHandler;
import dev.berth.registry.http.RegistryRequest;
import dev.berth.registry.http.RegistryResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * A registry's ways, as far as its documentation and its users tell of them (November 2026): what a client that was tested against a
 * plain registry trips over. It is a filter, to be put in front of what asks for a login; its quirks print themselves. Real
 * registries change; a profile is what to hold a client to, and no promise on behalf of anybody.
 *
 * <p>Immutable, but for what a limit counts. Safe for use by several threads.
 */
public final class RegistryProfile implements HttpFilter {

    private final String name;
    private final List<Quirk> quirks;

    private RegistryProfile(String name, List<Quirk> quirks) {
        this.name = name;
        this.quirks = List.copyOf(quirks);
    }

    /** A profile of quirks of your choice, the first of which is the outermost. */
    public static RegistryProfile of(String name, Quirk... quirks) {
        return new RegistryProfile(name, List.of(quirks));
    }

    /**
     * Docker Hub, for those who do not log in: 100 pulls in 6 hours ("Docker Hub usage and limits"), names of two components, blobs
     * from a content network, no catalogue, no referrers, no deletes.
     */
    public static RegistryProfile dockerHub() {
        return dockerHub(100, Clock.systemUTC());
    }

    /** The same with another limit of pulls in 6 hours, and a clock of the caller's. */
    public static RegistryProfile dockerHub(int pulls, Clock clock) {
        return of(
                "Docker Hub",
                new PullLimit(pulls, Duration.ofHours(6), clock),
                new Quirk.Missing(Set.of(Endpoint.CATALOG), 401),
                deletesMissing(405),
                new Quirk.NoReferrers(),
                new Quirk.Namespaces(),
                new ContentNetwork());
    }

    /** GitHub's container registry: no referrers, no deletes, no catalogue, blobs from a content network. */
    public static RegistryProfile ghcr() {
        return of(
                "GHCR",
                deletesMissing(405),
                new Quirk.Missing(Set.of(Endpoint.CATALOG), 405),
                new Quirk.NoReferrers(),
                new ContentNetwork());
    }

    /** Quay: blobs from a content network, pages of 50 tags, no catalogue for those who do not log in. */
    public static RegistryProfile quay() {
        return of(
                "Quay",
                new Quirk.SmallPages(50),
                new Quirk.Missing(Set.of(Endpoint.CATALOG), 401),
                new ContentNetwork());
    }

    /**
     * Amazon ECR: a repository has to be made before anything is pushed to it, PATCH is answered with 201, chunks have 5 MiB and
     * more, no digest comes with a manifest that is asked for by tag, blobs from a content network, no deletes.
     *
     * @param repositories those that were made
     */
    public static RegistryProfile ecr(String... repositories) {
        Set<RepositoryName> names =
                Arrays.stream(repositories).map(RepositoryName::new).collect(Collectors.toSet());
        return of(
                "ECR",
                new Quirk.KnownRepositories(names),
                new Quirk.AppendedCreated(),
                new LeastChunk(5 << 20),
                new Quirk.NoDigestOfTags(),
                deletesMissing(405),
                new ContentNetwork());
    }

    /** Google's Artifact Registry: no mounts across repositories, blobs from a content network. */
    public static RegistryProfile artifactRegistry() {
        return of("Artifact Registry", new Quirk.NoMounts(), new ContentNetwork());
    }

    /** Azure's container registry: blobs from a content network, pages of 100. */
    public static RegistryProfile acr() {
        return of("ACR", new Quirk.SmallPages(100), new ContentNetwork());
    }

    /** Docker's registry 2: no referrers, no deletes unless it was told to allow them. */
    public static RegistryProfile registry2() {
        return of("registry:2", new Quirk.NoReferrers(), deletesMissing(405));
    }

    /** A registry that does what the specification demands and nothing it merely permits: no ranges, no mounts, no referrers. */
    public static RegistryProfile bare() {
        return of(
                "a bare registry",
                new Quirk.NoRanges(),
                new Quirk.NoMounts(),
                new Quirk.NoReferrers(),
                deletesMissing(405),
                new Quirk.Missing(Set.of(Endpoint.CATALOG), 404));
    }

    private static Quirk deletesMissing(int status) {
        return new Quirk.Missing(Set.of(Endpoint.MANIFEST_DELETE, Endpoint.BLOB_DELETE), status);
    }

    /** The same with a quirk more, innermost. */
    public RegistryProfile with(Quirk quirk) {
        List<Quirk> more = new ArrayList<>(quirks);
        more.add(quirk);
        return new RegistryProfile(name, more);
    }

    /** What it is made of. */
    public List<Quirk> quirks() {
        return quirks;
    }

    @Override
    public CompletionStage<RegistryResponse> filter(RegistryRequest request, RegistryHandler next) {
        RegistryHandler handler = next;
        for (int i = quirks.size() - 1; i >= 0; i--) {
            Quirk quirk = quirks.get(i);
            RegistryHandler inner = handler;
            handler = r -> quirk.filter(r, inner);
        }
        return handler.handle(request);
    }

    @Override
    public String toString() {
        return name + ": " + quirks.stream().map(Quirk::toString).collect(Collectors.joining(", "));
    }
}
