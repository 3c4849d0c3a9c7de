package dev.berth.registry.auth.token;

import dev.berth.registry.http.Caller;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jspecify.annotations.Nullable;

/** What a token that was found to be good says. */
record TokenClaims(Caller caller, List<ResourceAccess> access, Instant end, String revision) {

    private static final String ACCESS = "access";
    private static final String GROUPS = "groups";
    private static final String REVISION = "rev";

    /** The end of the year 9999: some services mean by a later time that a token never ends. */
    private static final long LATEST = 253_402_300_799L;

    TokenClaims {
        access = List.copyOf(access);
    }

    static TokenClaims of(JwtClaims claims) throws MalformedClaimException {
        String subject = claims.getSubject();
        String revision = claims.getStringClaimValue(REVISION);
        return new TokenClaims(
                subject == null || subject.isEmpty()
                        ? Caller.anonymous()
                        : new Caller(subject, strings(claims.getClaimValue(GROUPS))),
                access(claims.getClaimValue(ACCESS)),
                Instant.ofEpochSecond(
                        Math.min(LATEST, claims.getExpirationTime().getValue())),
                revision == null ? "" : revision);
    }

    static void write(JwtClaims claims, Caller caller, List<ResourceAccess> access) {
        claims.setSubject(caller.name());
        if (!caller.groups().isEmpty()) {
            claims.setStringListClaim(GROUPS, List.copyOf(caller.groups()));
        }
        claims.setClaim(
                ACCESS,
                access.stream()
                        .map(a -> Map.of("type", a.type(), "name", a.name(), "actions", List.copyOf(a.actions())))
                        .toList());
    }

    static void writeRefresh(JwtClaims claims, Caller caller, String revision) {
        claims.setSubject(caller.name());
        claims.setStringListClaim(GROUPS, List.copyOf(caller.groups()));
        claims.setStringClaim(REVISION, revision);
    }

    private static List<ResourceAccess> access(@Nullable Object value) throws MalformedClaimException {
        List<ResourceAccess> access = new ArrayList<>();
        if (value == null) {
            return access;
        }
        if (!(value instanceof List<?> entries)) {
            throw new MalformedClaimException("access is no list");
        }
        for (Object entry : entries) {
            if (!(entry instanceof Map<?, ?> map
                    && map.get("type") instanceof String type
                    && map.get("name") instanceof String name)) {
                throw new MalformedClaimException("an entry of access has a type and a name");
            }
            access.add(new ResourceAccess(type, name, strings(map.get("actions"))));
        }
        return access;
    }

    /** The strings of a list. Services written in Go have null for a list without any. */
    private static Set<String> strings(@Nullable Object value) {
        Set<String> strings = new LinkedHashSet<>();
        if (value instanceof List<?> list) {
            for (Object entry : list) {
                if (entry instanceof String text) {
                    strings.add(text);
                }
            }
        }
        return strings;
    }
}
