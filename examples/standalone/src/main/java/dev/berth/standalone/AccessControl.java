package dev.berth.standalone;

import dev.berth.registry.auth.htpasswd.Htpasswd;
import dev.berth.registry.auth.policy.PolicyFile;
import dev.berth.registry.auth.policy.PolicyFileException;
import dev.berth.registry.auth.token.BearerAuthenticator;
import dev.berth.registry.auth.token.KeyFiles;
import dev.berth.registry.auth.token.KeyRing;
import dev.berth.registry.auth.token.RemoteKeys;
import dev.berth.registry.auth.token.SigningKey;
import dev.berth.registry.auth.token.TokenIssuer;
import dev.berth.registry.auth.token.TokenService;
import dev.berth.registry.auth.token.TokenSettings;
import dev.berth.registry.auth.token.TrustedKeys;
import dev.berth.registry.http.HttpFilter;
import dev.berth.registry.http.HttpOptions.LocationStyle;
import dev.berth.registry.http.RegistryRequest;
import dev.berth.registry.http.auth.AccessPolicy;
import dev.berth.registry.http.auth.AuthFilter;
import dev.berth.registry.http.auth.Authenticator;
import dev.berth.registry.http.auth.BasicAuthenticator;
import dev.berth.registry.http.auth.CertificateAuthenticator;
import dev.berth.registry.http.auth.GuessLimits;
import dev.berth.registry.http.auth.ThrottledUsers;
import dev.berth.registry.http.auth.Users;
import dev.berth.standalone.config.AuthSettings;
import dev.berth.standalone.config.AuthSettings.ForeignTokens;
import dev.berth.standalone.config.Configuration;
import dev.berth.standalone.config.UsageException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The filters by which a registry finds out who asks, and decides what they may do. Loaded only where there are such. */
final class AccessControl {

    private AccessControl() {}

    static List<HttpFilter> filters(AuthSettings settings, Configuration configuration) throws IOException {
        if (settings.foreignTokens().isPresent()) {
            return List.of(new AuthFilter(trusting(settings.foreignTokens().get())));
        }
        AccessPolicy policy =
                settings.policy().isPresent() ? policy(settings.policy().get()) : AccessPolicy.usersMayAll();
        // Without a file of users there can be those who show certificates, and whoever needs no name.
        Users known = settings.htpasswd().isPresent()
                ? Htpasswd.open(settings.htpasswd().get())
                : Users.of(Map.of());
        Users users = new ThrottledUsers(known, GuessLimits.defaults());
        if (settings.ownTokens()) {
            return ownTokens(settings, configuration, users, policy);
        }
        return List.of(new AuthFilter(
                certificates(configuration, policy, new BasicAuthenticator(settings.realm(), users, policy))));
    }

    private static AccessPolicy policy(Path file) throws IOException {
        try {
            return PolicyFile.read(file);
        } catch (PolicyFileException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private static List<HttpFilter> ownTokens(
            AuthSettings settings, Configuration configuration, Users users, AccessPolicy policy) {
        // The key lives as long as the process: clients whose tokens are older log in again.
        TokenIssuer issuer = new TokenIssuer(
                TokenSettings.of(settings.realm()), new KeyRing(SigningKey.generate()), Clock.systemUTC());
        TokenService service = new TokenService(issuer, users, policy, style(configuration));
        Function<RegistryRequest, String> realm = configuration
                .externalUrl()
                .<Function<RegistryRequest, String>>map(url -> request -> url + "/token")
                .orElse(service::realm);
        return List.of(
                service,
                new AuthFilter(certificates(configuration, policy, BearerAuthenticator.of(issuer, realm, policy))));
    }

    private static Authenticator certificates(
            Configuration configuration, AccessPolicy policy, Authenticator otherwise) {
        boolean shown = configuration.tls().isPresent()
                && !configuration.tls().get().clientAuthorities().isEmpty();
        return shown
                ? new CertificateAuthenticator(CertificateAuthenticator::commonName, policy).otherwise(otherwise)
                : otherwise;
    }

    private static Authenticator trusting(ForeignTokens tokens) throws IOException {
        TokenSettings settings = TokenSettings.of(tokens.service()).withIssuer(tokens.issuer());
        Function<RegistryRequest, String> realm = tokens.realm()
                .<Function<RegistryRequest, String>>map(url -> request -> url)
                .orElse(request -> LocationStyle.FORWARDED.origin(request) + tokens.redirectPath());
        return BearerAuthenticator.trusting(realm, settings, keys(tokens), Clock.systemUTC());
    }

    private static TrustedKeys keys(ForeignTokens tokens) throws IOException {
        Optional<String> url = tokens.jwks().filter(jwks -> jwks.matches("https?://.*"));
        if (url.isPresent()) {
            if (tokens.rootCertBundle().isPresent()) {
                throw new UsageException(
                        "auth.token.jwks is at a URL: auth.token.rootcertbundle cannot be given as well");
            }
            return RemoteKeys.at(URI.create(url.get()));
        }
        Optional<KeyFiles> bundle = Optional.empty();
        if (tokens.rootCertBundle().isPresent()) {
            bundle = Optional.of(KeyFiles.bundle(tokens.rootCertBundle().get()));
        }
        if (tokens.jwks().isEmpty()) {
            return bundle.orElseThrow();
        }
        KeyFiles set = KeyFiles.keySet(Path.of(tokens.jwks().get()));
        return bundle.isPresent() ? bundle.get().plus(set) : set;
    }

    private static LocationStyle style(Configuration configuration) {
        return configuration.location() == LocationStyle.FORWARDED ? LocationStyle.FORWARDED : LocationStyle.ABSOLUTE;
    }
}
