/**
 * Bearer tokens as Docker's registry and its clients speak them ("Docker Registry v2 Bearer token specification"): a service
 * that gives them out, and an authenticator that trusts that service or another one.
 *
 * <pre>{@code
 * TokenIssuer issuer = new TokenIssuer(TokenSettings.of("registry.example"), new KeyRing(SigningKey.generate()), Clock.systemUTC());
 * TokenService service = new TokenService(issuer, users, policy);
 * RegistryServer.builder()
 *         .filter(service)
 *         .filter(new AuthFilter(BearerAuthenticator.of(issuer, service::realm, policy)))
 *         .start();
 * }</pre>
 */
@NullMarked
package dev.berth.registry.auth.token;

import org.jspecify.annotations.NullMarked;
