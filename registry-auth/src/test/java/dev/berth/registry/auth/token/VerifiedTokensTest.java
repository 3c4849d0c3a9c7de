package dev.berth.registry.auth.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.http.Caller;
import dev.berth.registry.http.auth.Authentication;
import dev.berth.registry.http.auth.Permissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VerifiedTokensTest {

    private static final int LOOKERS = 8;
    private static final int MOST = 200_000;

    private final ManualClock clock = new ManualClock();
    private final KeyRing keys = new KeyRing(SigningKey.generate());
    private final TokenIssuer issuer = new TokenIssuer(
            TokenSettings.of("registry.test").withLifetime(Duration.ofHours(1)).withSkew(Duration.ZERO), keys, clock);
    private final VerifiedTokens tokens = new VerifiedTokens(
            issuer.verifier(), claims -> new Authentication.Accepted(claims.caller(), Permissions.none()), MOST);

    @Test
    void aGoodTokenIsRememberedForAWhileAndABadOneNever() {
        String good = issuer.issue(Caller.named("alice"), List.of());
        String bad = good.substring(0, good.length() - 4);

        assertThat(tokens.known(good)).isEmpty();
        assertThat(tokens.look(good)).isInstanceOf(Authentication.Accepted.class);
        assertThat(tokens.look(bad)).isInstanceOf(Authentication.Rejected.class);

        assertThat(tokens.known(good)).containsInstanceOf(Authentication.Accepted.class);
        assertThat(tokens.known(bad)).isEmpty();
        clock.advance(Duration.ofMinutes(9));
        assertThat(tokens.known(good)).isPresent();
        clock.advance(Duration.ofMinutes(1));
        assertThat(tokens.known(good)).isEmpty();
        assertThat(tokens.look(good)).isInstanceOf(Authentication.Accepted.class);
        clock.advance(Duration.ofMinutes(50));
        assertThat(tokens.look(good)).isInstanceOf(Authentication.Rejected.class);
    }

    @Test
    void aTokenIsForgottenWhenItEnds() {
        String token = issuer.issue(Caller.named("alice"), List.of());
        clock.advance(Duration.ofMinutes(59));
        tokens.look(token);

        assertThat(tokens.known(token)).isPresent();
        clock.advance(Duration.ofMinutes(1));
        assertThat(tokens.known(token)).isEmpty();
    }

    @Test
    void longTokensPushOlderOnesOut() {
        List<ResourceAccess> much = IntStream.range(0, 45)
                .mapToObj(i -> new ResourceAccess("repository", "a".repeat(200) + i, Set.of("pull")))
                .toList();
        List<String> made = new ArrayList<>();
        int characters = 0;
        while (characters <= MOST) {
            String token = issuer.issue(Caller.named("alice"), much);
            assertThat(tokens.look(token)).isInstanceOf(Authentication.Accepted.class);
            made.add(token);
            characters += token.length();
        }

        assertThat(tokens.known(made.get(0))).isEmpty();
        assertThat(made.subList(1, made.size()))
                .allSatisfy(token -> assertThat(tokens.known(token)).isPresent());
    }

    @Test
    void aKeyThatGoesTakesItsTokensWithItHoweverManyLookAtThem() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(LOOKERS);
        try {
            for (int round = 0; round < 20; round++) {
                String token = issuer.issue(Caller.named("alice"), List.of());
                CountDownLatch looking = new CountDownLatch(LOOKERS);
                List<CompletableFuture<Void>> lookers = IntStream.range(0, LOOKERS)
                        .mapToObj(i -> CompletableFuture.runAsync(
                                () -> {
                                    looking.countDown();
                                    tokens.look(token);
                                },
                                threads))
                        .toList();
                assertThat(looking.await(20, TimeUnit.SECONDS)).isTrue();
                keys.rotate(SigningKey.generate());
                keys.forgetFormer();
                for (CompletableFuture<Void> looker : lookers) {
                    looker.get(20, TimeUnit.SECONDS);
                }

                assertThat(tokens.known(token)).isEmpty();
                assertThat(tokens.look(token)).isInstanceOf(Authentication.Rejected.class);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
