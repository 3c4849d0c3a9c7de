package dev.berth.registry.http;

import dev.berth.registry.Digest;
import dev.berth.registry.Reference;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.UploadId;
import java.util.Optional;

/**
 * What a URL's path names. Reading a path and writing one are inverse: {@code Route.parse(route.path())} is {@code route}
 * for every route but {@link Invalid}.
 */
public sealed interface Route {

    /** The path of this resource, from the slash at its beginning on. */
    String path();

    /** The repository that this resource is in, where it is in one. */
    default Optional<RepositoryName> repository() {
        return Optional.empty();
    }

    /** Reads a path as it stands in the request line, without the query. Never throws: what names nothing is {@link Invalid}. */
    static Route parse(String rawPath) {
        return RouteParser.parse(rawPath);
    }

    /** {@code /}, where people and load balancers look first. */
    record Root() implements Route {
        @Override
        public String path() {
            return "/";
        }
    }

    /** {@code /v2/}, by which a client finds out that this is a registry (end-1). */
    record Base() implements Route {
        @Override
        public String path() {
            return "/v2/";
        }
    }

    /** The list of repositories, of Docker's API. */
    record Catalog() implements Route {
        @Override
        public String path() {
            return "/v2/_catalog";
        }
    }

    /** The tags of a repository (end-8). */
    record Tags(RepositoryName name) implements Route {
        @Override
        public String path() {
            return "/v2/" + name + "/tags/list";
        }

        @Override
        public Optional<RepositoryName> repository() {
            return Optional.of(name);
        }
    }

    /** The manifests that have a subject (end-12). */
    record Referrers(RepositoryName name, Digest subject) implements Route {
        @Override
        public String path() {
            return "/v2/" + name + "/referrers/" + subject;
        }

        @Override
        public Optional<RepositoryName> repository() {
            return Optional.of(name);
        }
    }

    /** A manifest (end-3, end-7, end-9). */
    record Manifest(RepositoryName name, Reference reference) implements Route {
        @Override
        public String path() {
            return "/v2/" + name + "/manifests/" + reference;
        }

        @Override
        public Optional<RepositoryName> repository() {
            return Optional.of(name);
        }
    }

    /** A blob (end-2, end-10). */
    record Blob(RepositoryName name, Digest digest) implements Route {
        @Override
        public String path() {
            return "/v2/" + name + "/blobs/" + digest;
        }

        @Override
        public Optional<RepositoryName> repository() {
            return Optional.of(name);
        }
    }

    /** Where upload sessions begin (end-4, end-11). */
    record Uploads(RepositoryName name) implements Route {
        @Override
        public String path() {
            return "/v2/" + name + "/blobs/uploads/";
        }

        @Override
        public Optional<RepositoryName> repository() {
            return Optional.of(name);
        }
    }

    /** An upload session (end-5, end-6, end-13, end-14). */
    record Upload(RepositoryName name, UploadId id) implements Route {
        @Override
        public String path() {
            return "/v2/" + name + "/blobs/uploads/" + id;
        }

        @Override
        public Optional<RepositoryName> repository() {
            return Optional.of(name);
        }
    }

    /**
     * Nothing that this protocol knows.
     *
     * @param path as the client sent it
     * @param problem what is wrong with it
     */
    record Invalid(String path, RegistryException problem) implements Route {}
}
