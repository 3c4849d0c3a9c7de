package dev.berth.registry.auth.htpasswd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import at.favre.lib.crypto.bcrypt.BCrypt;
import dev.berth.registry.http.Caller;
import dev.berth.registry.http.auth.PasswordAttempt;
import dev.berth.registry.http.auth.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HtpasswdTest {

    /** What Apache's tool writes for the password {@code secret}. */
    private static final String ALICE = "alice:$2y$05$NkU5sVoVxD71UFuvEicSMuLbwgMk7YbfRubsAKMITrja/jy55nAGm";

    private static final String BOB = "bob:$apr1$GJ20UUg1$PIfn89kueV7R/aj8RgoTO.";
    private static final String CAROL = "carol:{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=";

    @TempDir
    private Path directory;

    private final Hands clock = new Hands();
    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("htpasswd");
    }

    @Test
    void whatApacheWritesIsRead() throws Exception {
        write(ALICE, "", "# a comment");

        try (Htpasswd users = open()) {
            assertThat(users.size()).isEqualTo(1);
            assertThat(check(users, "alice", "secret")).isEqualTo(new Verdict.Right(Caller.named("alice")));
            assertThat(check(users, "alice", "Secret")).isInstanceOf(Verdict.Wrong.class);
            assertThat(check(users, "bob", "secret")).isInstanceOf(Verdict.Wrong.class);
        }
    }

    @Test
    void weakHashesCountOnlyIfAllowed() throws Exception {
        write(ALICE, BOB, CAROL);

        try (Htpasswd strict = open()) {
            assertThat(check(strict, "bob", "secret")).isInstanceOf(Verdict.Wrong.class);
            assertThat(strict.problems()).extracting(HtpasswdProblem::line).containsExactly(2, 3);
        }
        try (Htpasswd lenient = Htpasswd.open(file, HtpasswdOptions.defaults().withWeakHashes(true), clock)) {
            assertThat(lenient.problems()).isEmpty();
            for (String name : List.of("alice", "bob", "carol")) {
                assertThat(check(lenient, name, "secret")).isInstanceOf(Verdict.Right.class);
                assertThat(check(lenient, name, "wrong")).isInstanceOf(Verdict.Wrong.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no colon",
                ":$2y$05$nobody",
                "dan:rl0uE0Zq9Y2mM",
                "dan:plain text",
                "dan:$2y$31$abcdefghijklmnopqrstuu5Lo0g67CiD3M4RpN1BmBb4Crp5w7dbK",
                "dan:{SHA}AAAA",
                "dan:{SHA}not base64",
                "alice:twice",
            })
    void aBrokenLineIsNamedAndTheRestWorks(String broken) throws Exception {
        write(ALICE, broken);

        try (Htpasswd users = open()) {
            assertThat(users.problems()).singleElement().satisfies(problem -> {
                assertThat(problem.line()).isEqualTo(2);
                assertThat(problem.toString()).startsWith("line 2: ").doesNotContain("plain text", "nobody");
            });
            assertThat(check(users, "alice", "secret")).isInstanceOf(Verdict.Right.class);
        }
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(this::open).isInstanceOf(NoSuchFileException.class).hasMessageContaining(file.toString());
    }

    @Test
    void onlySeventyTwoBytesOfAPasswordCount() throws Exception {
        String password = "p".repeat(72);
        String hash = BCrypt.with(BCrypt.Version.VERSION_2Y).hashToString(4, password.toCharArray());
        write("alice:" + hash);

        try (Htpasswd users = open()) {
            assertThat(check(users, "alice", password + "more")).isInstanceOf(Verdict.Right.class);
            assertThat(check(users, "alice", password.substring(1))).isInstanceOf(Verdict.Wrong.class);
        }
    }

    @Test
    void aChangeIsSeenWithinAboutASecond() throws Exception {
        write(ALICE);
        try (Htpasswd users = open()) {
            assertThat(check(users, "alice", "secret")).isInstanceOf(Verdict.Right.class);
            String revision = users.revision("alice").orElseThrow();

            write(ALICE.replace("alice", "dora"));
            clock.advance(Duration.ofMillis(1500));

            assertThat(check(users, "dora", "secret")).isInstanceOf(Verdict.Right.class);
            assertThat(check(users, "alice", "secret")).isInstanceOf(Verdict.Wrong.class);
            assertThat(users.revision("alice")).isEmpty();
            assertThat(users.revision("dora")).isPresent().isNotEqualTo(Optional.of(revision));
        }
    }

    @Test
    void aFileThatIsJustBeingWrittenIsWaitedFor() throws Exception {
        write(ALICE);
        try (Htpasswd users = open()) {
            clock.advance(Duration.ofSeconds(5));
            Files.writeString(file, "");
            Files.setLastModifiedTime(file, FileTime.from(clock.instant()));

            assertThat(check(users, "alice", "secret")).isInstanceOf(Verdict.Right.class);
            clock.advance(Duration.ofMillis(300));
            assertThat(check(users, "alice", "secret")).isInstanceOf(Verdict.Wrong.class);
        }
    }

    @Test
    void aFileThatGoesAwayLeavesItsUsers() throws Exception {
        write(ALICE);
        try (Htpasswd users = open()) {
            Files.delete(file);
            clock.advance(Duration.ofSeconds(2));
            assertThat(check(users, "alice", "secret")).isInstanceOf(Verdict.Right.class);

            write(ALICE.replace("alice", "dora"));
            clock.advance(Duration.ofSeconds(2));
            assertThat(check(users, "dora", "secret")).isInstanceOf(Verdict.Right.class);
        }
    }

    @Test
    void aRightPasswordIsHashedOnce() throws Exception {
        String slow = BCrypt.with(BCrypt.Version.VERSION_2Y).hashToString(12, "secret".toCharArray());
        write("alice:" + slow);
        try (Htpasswd users = open()) {
            check(users, "alice", "secret");

            assertThat(users.check(attempt("alice", "secret")).toCompletableFuture())
                    .isCompleted();
            clock.advance(Duration.ofMinutes(6));
            assertThat(users.check(attempt("alice", "secret")).toCompletableFuture())
                    .isNotCompleted();
        }
    }

    @Test
    void aWrongPasswordIsNeverRemembered() throws Exception {
        String slow = BCrypt.with(BCrypt.Version.VERSION_2Y).hashToString(12, "secret".toCharArray());
        write("alice:" + slow);
        try (Htpasswd users = open()) {
            check(users, "alice", "wrong");

            assertThat(users.check(attempt("alice", "wrong")).toCompletableFuture())
                    .isNotCompleted();
        }
    }

    @Test
    void aStrangerTakesAsLongAsAUser() throws Exception {
        String slow = BCrypt.with(BCrypt.Version.VERSION_2Y).hashToString(12, "secret".toCharArray());
        write("alice:" + slow);
        try (Htpasswd users = open()) {
            assertThat(users.check(attempt("nobody", "x")).toCompletableFuture())
                    .isNotCompleted();
        }
    }

    @Test
    void manyAtOnceAreAnsweredOrTurnedDown() throws Exception {
        write(ALICE);
        try (Htpasswd users = open()) {
            List<CompletableFuture<Verdict>> verdicts = new ArrayList<>();
            for (int i = 0; i < 3000; i++) {
                verdicts.add(users.check(attempt("alice", "wrong" + i)).toCompletableFuture());
            }
            for (CompletableFuture<Verdict> verdict : verdicts) {
                assertThat(verdict.get(60, TimeUnit.SECONDS)).isNotInstanceOf(Verdict.Right.class);
            }
            assertThat(check(users, "alice", "secret")).isInstanceOf(Verdict.Right.class);
        }
    }

    @Test
    void closingLetsNobodyWait() throws Exception {
        String slow = BCrypt.with(BCrypt.Version.VERSION_2Y).hashToString(13, "secret".toCharArray());
        write("alice:" + slow);
        Htpasswd users = open();
        List<CompletableFuture<Verdict>> verdicts = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            verdicts.add(users.check(attempt("alice", "wrong" + i)).toCompletableFuture());
        }

        users.close();

        for (CompletableFuture<Verdict> verdict : verdicts) {
            assertThat(verdict).succeedsWithin(Duration.ofSeconds(20));
        }
    }

    @Test
    void nothingOfAPasswordIsPrinted() throws Exception {
        write(ALICE);
        try (Htpasswd users = open()) {
            assertThat(users.revision("alice").orElseThrow()).doesNotContain("$2y$");
            assertThat(attempt("alice", "secret").toString()).doesNotContain("secret");
        }
    }

    private Htpasswd open() throws IOException {
        return Htpasswd.open(file, HtpasswdOptions.defaults(), clock);
    }

    /** Writes the file whole, some time ago by the clock. */
    private void write(String... lines) throws IOException {
        Path next = Files.write(directory.resolve("next"), List.of(lines), StandardCharsets.UTF_8);
        Files.setLastModifiedTime(next, FileTime.from(clock.instant()));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Verdict check(Htpasswd users, String name, String password) throws Exception {
        return users.check(attempt(name, password)).toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private static PasswordAttempt attempt(String name, String password) {
        return new PasswordAttempt(name, password, "127.0.0.1");
    }

    /** A clock that goes when it is told to. */
    private static final class Hands extends Clock {

        private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

        void advance(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
