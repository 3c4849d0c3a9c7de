package dev.berth.registry.junit5;

import dev.berth.registry.auth.token.BearerAuthenticator;
import dev.berth.registry.auth.token.KeyRing;
import dev.berth.registry.auth.token.SigningKey;
import dev.berth.registry.auth.token.TokenIssuer;
import dev.berth.registry.auth.token.TokenService;
import dev.berth.registry.auth.token.TokenSettings;
import dev.berth.registry.http.auth.AccessPolicy;
import dev.berth.registry.http.auth.AuthFilter;
import dev.berth.registry.http.auth.BasicAuthenticator;
import dev.berth.registry.http.auth.Users;
import dev.berth.registry.jetty.RegistryServer;
import dev.berth.registry.jetty.tls.TestCertificates;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * Who gets at a test's registry, and how.
 *
 * @param users passwords by name; if there are none, anybody may do everything
 * @param anonymousPull whether anybody may pull where there are users
 * @param tokens how long a token lives; empty for passwords at each request
 * @param tls whether connections are encrypted
 */
record TestAccess(Map<String, String> users, boolean anonymousPull, Optional<Duration> tokens, boolean tls) {

    private static final String NAME = "test registry";

    static final TestAccess OPEN = new TestAccess(Map.of(), false, Optional.empty(), false);

    TestAccess {
        users = Map.copyOf(users);
        if (users.isEmpty() && (anonymousPull || tokens.isPresent())) {
            throw new ExtensionConfigurationException(
                    "A registry without users is open to everyone: anonymous pulls and tokens need users");
        }
    }

    static TestAccess of(RegistryExtension annotation) {
        Map<String, String> users = new HashMap<>();
        for (String user : annotation.users()) {
            int colon = user.indexOf(':');
            if (colon <= 0) {
                throw new ExtensionConfigurationException(
                        "A user is written as \"name:password\", and \"" + user + "\" is not");
            }
            users.put(user.substring(0, colon), user.substring(colon + 1));
        }
        int seconds = annotation.tokenSeconds();
        if (seconds < 0) {
            throw new ExtensionConfigurationException("A token lives for some seconds, not for " + seconds);
        }
        return new TestAccess(
                users,
                annotation.anonymousPull(),
                seconds == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds)),
                annotation.tls());
    }

    /** Tells a server all this. Returns the authority of its certificate, if it has one. */
    Optional<TestCertificates> applyTo(RegistryServer.Builder builder, Clock clock) {
        if (!users.isEmpty()) {
            addFilters(builder, clock, anonymousPull ? AccessPolicy.anyoneMayPull() : AccessPolicy.usersMayAll());
        }
        if (!tls) {
            return Optional.empty();
        }
        TestCertificates certificates = TestCertificates.create();
        builder.tls(certificates.tls());
        return Optional.of(certificates);
    }

    private void addFilters(RegistryServer.Builder builder, Clock clock, AccessPolicy policy) {
        Users known = Users.of(users);
        if (tokens.isEmpty()) {
            builder.filter(new AuthFilter(new BasicAuthenticator(NAME, known, policy)));
            return;
        }
        TokenSettings settings =
                TokenSettings.of(NAME).withLifetime(tokens.get()).withSkew(Duration.ZERO);
        TokenIssuer issuer = new TokenIssuer(settings, new KeyRing(SigningKey.generate()), clock);
        TokenService service = new TokenService(issuer, known, policy);
        builder.filter(service).filter(new AuthFilter(BearerAuthenticator.of(issuer, service::realm, policy)));
    }
}
