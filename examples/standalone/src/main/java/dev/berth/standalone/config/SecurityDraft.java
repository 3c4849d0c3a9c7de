package dev.berth.standalone.config;

import dev.berth.standalone.config.AuthSettings.ForeignTokens;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is said of users, tokens and TLS, while it is being put together. Half of it is worse than nothing, and refused. */
final class SecurityDraft {

    Optional<Path> htpasswd = Optional.empty();
    Optional<String> realm = Optional.empty();
    Optional<Path> policy = Optional.empty();
    boolean ownTokens;

    Optional<String> tokenRealm = Optional.empty();
    Optional<String> tokenService = Optional.empty();
    Optional<String> tokenIssuer = Optional.empty();
    Optional<Path> rootCertBundle = Optional.empty();
    Optional<String> jwks = Optional.empty();
    boolean autoRedirect;
    String redirectPath = "/auth/token";

    Optional<Path> certificate = Optional.empty();
    Optional<Path> key = Optional.empty();
    String minimumTls = "1.2";
    final List<Path> clientAuthorities = new ArrayList<>();
    boolean clientsMayBeUnknown;

    private Optional<Value> htpasswdAsked = Optional.empty();
    private Optional<Value> tokenAsked = Optional.empty();
    private Optional<Value> tlsAsked = Optional.empty();

    /** Takes note that somebody has named a section, be it with nothing in it: the registry must not be open then. */
    void see(Value value) {
        String path = value.path() + ".";
        if (path.startsWith("auth.htpasswd.")) {
            htpasswdAsked = htpasswdAsked.or(() -> Optional.of(value));
        } else if (path.startsWith("auth.token.")) {
            tokenAsked = tokenAsked.or(() -> Optional.of(value));
        } else if (path.startsWith("http.tls.") && !value.isEmpty()) {
            tlsAsked = tlsAsked.or(() -> Optional.of(value));
        }
    }

    Optional<AuthSettings> auth() {
        if (htpasswdAsked.isPresent() && tokenAsked.isPresent()) {
            throw new UsageException(
                    htpasswdAsked.get().name() + " and " + tokenAsked.get().name()
                            + ": passwords or the tokens of another service are possible, and not both");
        }
        if (htpasswdAsked.isPresent() && htpasswd.isEmpty()) {
            throw missing(htpasswdAsked.get(), "auth.htpasswd.path, the file of users and passwords");
        }
        Optional<ForeignTokens> foreign = tokenAsked.map(this::foreignTokens);
        if (htpasswd.isPresent() && foreign.isPresent()) {
            throw new UsageException("--htpasswd and " + tokenAsked.get().name()
                    + ": passwords or the tokens of another service are possible, and not both");
        }
        if (ownTokens && htpasswd.isEmpty()) {
            throw new UsageException("--tokens has to have users, who come from --htpasswd");
        }
        if (policy.isPresent() && foreign.isPresent()) {
            throw new UsageException(
                    "--policy is for the users of this registry; what the tokens of another service say is"
                            + " for that service to decide");
        }
        return htpasswd.isPresent() || policy.isPresent() || foreign.isPresent()
                ? Optional.of(new AuthSettings(htpasswd, realm.orElse("Registry"), policy, ownTokens, foreign))
                : Optional.empty();
    }

    private ForeignTokens foreignTokens(Value asked) {
        if (tokenRealm.isEmpty() && !autoRedirect) {
            throw missing(asked, "auth.token.realm, the URL that tokens are had from");
        }
        if (rootCertBundle.isEmpty() && jwks.isEmpty()) {
            throw missing(asked, "auth.token.rootcertbundle or auth.token.jwks, the keys that are trusted");
        }
        return new ForeignTokens(
                autoRedirect ? Optional.empty() : tokenRealm,
                redirectPath,
                tokenService.orElseThrow(() -> missing(asked, "auth.token.service, what tokens call this registry")),
                tokenIssuer.orElseThrow(() -> missing(asked, "auth.token.issuer, who gives tokens out")),
                rootCertBundle,
                jwks);
    }

    Optional<TlsSettings> tls() {
        if (certificate.isEmpty() && key.isEmpty()) {
            tlsAsked.ifPresent(asked -> {
                throw missing(asked, "http.tls.certificate and http.tls.key");
            });
            return Optional.empty();
        }
        if (certificate.isEmpty() || key.isEmpty()) {
            throw new UsageException("TLS takes a certificate and its key: "
                    + tlsAsked.map(Value::name).orElse("--tls-cert and --tls-key go together") + " is not enough");
        }
        return Optional.of(
                new TlsSettings(certificate.get(), key.get(), minimumTls, clientAuthorities, clientsMayBeUnknown));
    }

    private static UsageException missing(Value asked, String what) {
        return new UsageException(asked.name() + " is not enough: what is missing is " + what);
    }
}
