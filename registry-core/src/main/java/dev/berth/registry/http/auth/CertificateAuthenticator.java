package dev.berth.registry.http.auth;

import dev.berth.registry.http.Caller;
import dev.berth.registry.http.RegistryRequest;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.regex.Pattern;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * Users who have proved who they are by a certificate, when the connection was made. That the certificate is good, and of an
 * authority that is trusted, TLS has seen to; here it is read for a name.
 *
 * <p>HTTP has no challenge that asks for a certificate, so whoever has none and would need one is told 403. {@link
 * #otherwise} lets them log in some other way; a request that has an {@code Authorization} header is then left to that, since
 * it says which user is meant. Safe for use by several threads, if what it is made of is.
 */
public final class CertificateAuthenticator implements Authenticator {

    private static final Authentication NAMELESS =
            new Authentication.Rejected("the client certificate has no name for a user, or more than one");

    private static final Pattern NAME = Pattern.compile("\\P{Cntrl}{1,256}");

    private static final int EMAIL = 1;
    private static final int URI = 6;

    private final Function<X509Certificate, Optional<String>> name;
    private final AccessPolicy policy;
    private final Optional<Authenticator> other;

    /**
     * Takes users at their certificate's word.
     *
     * @param name finds a user's name in their certificate: {@link #commonName}, {@link #email}, {@link #uri}, or your own
     * @param policy what they may do
     */
    public CertificateAuthenticator(Function<X509Certificate, Optional<String>> name, AccessPolicy policy) {
        this(name, policy, Optional.empty());
    }

    private CertificateAuthenticator(
            Function<X509Certificate, Optional<String>> name, AccessPolicy policy, Optional<Authenticator> other) {
        this.name = name;
        this.policy = policy;
        this.other = other;
    }

    /** The same with another authenticator for those who have no certificate, or an {@code Authorization} header as well. */
    public CertificateAuthenticator otherwise(Authenticator newOther) {
        return new CertificateAuthenticator(name, policy, Optional.of(newOther));
    }

    /** The one common name of a certificate's subject; empty if there is none, or several. */
    public static Optional<String> commonName(X509Certificate certificate) {
        try {
            List<Rdn> names = new LdapName(certificate.getSubjectX500Principal().getName())
                    .getRdns().stream()
                            .filter(rdn -> rdn.toAttributes().get("CN") != null)
                            .toList();
            // A value that is no text is an array of bytes.
            return names.size() == 1 && names.get(0).size() == 1 && names.get(0).getValue() instanceof String text
                    ? Optional.of(text)
                    : Optional.empty();
        } catch (InvalidNameException e) {
            return Optional.empty();
        }
    }

    /** The one electronic mail address among a certificate's alternative names; empty if there is none, or several. */
    public static Optional<String> email(X509Certificate certificate) {
        return alternativeName(certificate, EMAIL);
    }

    /** The one URI among a certificate's alternative names, such as a SPIFFE id; empty if there is none, or several. */
    public static Optional<String> uri(X509Certificate certificate) {
        return alternativeName(certificate, URI);
    }

    private static Optional<String> alternativeName(X509Certificate certificate, int kind) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            List<String> values = names == null
                    ? List.of()
                    : names.stream()
                            .filter(entry -> entry.get(0).equals(kind))
                            .map(entry -> entry.get(1).toString())
                            .toList();
            return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
        } catch (CertificateParsingException e) {
            return Optional.empty();
        }
    }

    @Override
    public CompletionStage<Authentication> authenticate(RegistryRequest request) {
        List<X509Certificate> certificates = request.connection().clientCertificates();
        boolean saysWho = request.headers().first("Authorization").isPresent();
        if (other.isPresent() && (certificates.isEmpty() || saysWho)) {
            return other.get().authenticate(request);
        }
        return CompletableFuture.completedFuture(
                certificates.isEmpty()
                        ? new Authentication.Absent(policy.permissions(Caller.anonymous()))
                        : authentication(certificates.get(0)));
    }

    private Authentication authentication(X509Certificate certificate) {
        Optional<String> found =
                name.apply(certificate).filter(n -> NAME.matcher(n).matches());
        if (found.isEmpty()) {
            return NAMELESS;
        }
        Caller caller = Caller.named(found.get());
        return new Authentication.Accepted(caller, policy.permissions(caller));
    }

    @Override
    public List<String> challenges(RegistryRequest request, AccessNeeds needs, Refusal refusal) {
        return other.isPresent() ? other.get().challenges(request, needs, refusal) : List.of();
    }
}
