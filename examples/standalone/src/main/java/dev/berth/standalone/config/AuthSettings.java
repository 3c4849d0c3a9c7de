package dev.berth.standalone.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Who may do what.
 *
 * @param htpasswd the file of users and their passwords, if there are any
 * @param realm what the passwords are for, as a person is told
 * @param policy the file that says who may do what; unless there is one, users may do everything and nobody else anything
 * @param ownTokens whether users get tokens for their passwords, and use those
 * @param foreignTokens the token service that is trusted, if it is another one
 */
public record AuthSettings(
        Optional<Path> htpasswd,
        String realm,
        Optional<Path> policy,
        boolean ownTokens,
        Optional<ForeignTokens> foreignTokens) {

    /**
     * A token service that is not this registry's own.
     *
     * @param realm where it is, a URL; empty if it is behind the same host as the registry
     * @param redirectPath the path there
     * @param service what it calls this registry
     * @param issuer what it calls itself
     * @param rootCertBundle certificates and public keys that are trusted
     * @param jwks a JSON Web Key Set that is trusted, in a file or at a URL
     */
    public record ForeignTokens(
            Optional<String> realm,
            String redirectPath,
            String service,
            String issuer,
            Optional<Path> rootCertBundle,
            Optional<String> jwks) {}
}
