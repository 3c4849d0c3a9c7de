package dev.berth.registry.http.auth;

import dev.berth.registry.http.auth.GuessLedger.Admission;
import dev.berth.registry.text.Quoted;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes guessing slow: counts wrong passwords per user, per address and for both together ({@link GuessLimits}), and turns down
 * more. Who is turned down learns nothing of the password, be it right or wrong; a right one from another address gets in.
 * Whoever waits holds no thread, what is remembered is bounded, and equal attempts from one address at the same time, as for the
 * layers of an image, are one attempt.
 *
 * <p>The address is the connection's. Behind a proxy it is the same for everybody, and the proxy has to limit too. Safe for use
 * by several threads.
 */
public final class ThrottledUsers implements Users {

    private static final Logger LOG = LoggerFactory.getLogger(ThrottledUsers.class);
    private static final int MOST_DELAYED = 1000;

    private final Users users;
    private final GuessLedger ledger;
    private final AtomicInteger delayed = new AtomicInteger();
    private final ConcurrentMap<PasswordAttempt, CompletableFuture<Verdict>> running = new ConcurrentHashMap<>();

    /** Limits the guessing of passwords of {@code users}. */
    public ThrottledUsers(Users users, GuessLimits limits) {
        this(users, limits, Clock.systemUTC());
    }

    /** The same by a clock of the caller's. */
    public ThrottledUsers(Users users, GuessLimits limits, Clock clock) {
        this.users = users;
        this.ledger = new GuessLedger(limits, clock);
    }

    @Override
    public Optional<String> revision(String name) {
        return users.revision(name);
    }

    @Override
    public CompletionStage<Verdict> check(PasswordAttempt attempt) {
        CompletableFuture<Verdict> mine = new CompletableFuture<>();
        CompletableFuture<Verdict> same = running.putIfAbsent(attempt, mine);
        if (same != null) {
            return same;
        }
        admit(attempt).whenComplete((verdict, failure) -> {
            running.remove(attempt);
            complete(mine, verdict, failure);
        });
        return mine;
    }

    private static void complete(
            CompletableFuture<Verdict> stage, @Nullable Verdict verdict, @Nullable Throwable failure) {
        if (failure != null) {
            stage.completeExceptionally(failure);
        } else if (verdict != null) {
            stage.complete(verdict);
        }
    }

    private CompletionStage<Verdict> admit(PasswordAttempt attempt) {
        Admission admission = ledger.admit(attempt.name(), attempt.address());
        if (!admission.admitted()) {
            if (admission.firstRefusal()) {
                LOG.warn(
                        "Too many wrong passwords, of late for {} from {}: more are turned down for {} s",
                        Quoted.of(attempt.name()),
                        Quoted.of(attempt.address()),
                        admission.pause().toSeconds());
            }
            return CompletableFuture.completedFuture(new Verdict.Later(admission.pause()));
        }
        return admission.pause().isZero() ? look(attempt, admission) : lookLater(attempt, admission);
    }

    private CompletionStage<Verdict> look(PasswordAttempt attempt, Admission admission) {
        CompletionStage<Verdict> verdict;
        try {
            verdict = users.check(attempt);
        } catch (RuntimeException e) {
            verdict = CompletableFuture.failedFuture(e);
        }
        return verdict.whenComplete((found, failure) -> {
            if (found instanceof Verdict.Right) {
                ledger.forgive(admission);
            } else if (!(found instanceof Verdict.Wrong)) {
                ledger.forget(admission);
            }
        });
    }

    private CompletionStage<Verdict> lookLater(PasswordAttempt attempt, Admission admission) {
        Duration pause = admission.pause();
        if (delayed.incrementAndGet() > MOST_DELAYED) {
            delayed.decrementAndGet();
            return CompletableFuture.completedFuture(new Verdict.Later(pause));
        }
        return CompletableFuture.supplyAsync(
                        () -> attempt, CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS))
                .thenCompose(due -> {
                    delayed.decrementAndGet();
                    return look(due, admission);
                });
    }
}
