package dev.berth.registry.health;

import dev.berth.registry.health.HealthReport.Result;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks checks whether a registry can do what it is there for. What they said is good for a while, so that whoever asks often
 * costs nothing; one thread at a time asks, and others are told what was found before, or, when that takes too long, so.
 *
 * <p>Safe for use by several threads.
 */
public final class Health {

    private static final Logger LOG = LoggerFactory.getLogger(Health.class);

    private final List<Watched> checks;
    private final BooleanSupplier readOnly;
    private final Duration interval;
    private final int threshold;
    private final LongSupplier nanoTime;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile Optional<Answer> last = Optional.empty();
    private volatile long since;

    /** What was found, and when. */
    private record Answer(List<Result> results, long nanos) {}

    /**
     * Health by these checks.
     *
     * @param readOnly whether the registry refuses every change
     * @param interval how long an answer is good
     * @param threshold how many times in a row a check has to fail before that is reported, at least 1
     * @throws IllegalArgumentException if the threshold is below 1
     */
    public Health(List<HealthCheck> checks, BooleanSupplier readOnly, Duration interval, int threshold) {
        this(checks, readOnly, interval, threshold, System::nanoTime);
    }

    Health(
            List<HealthCheck> checks,
            BooleanSupplier readOnly,
            Duration interval,
            int threshold,
            LongSupplier nanoTime) {
        if (threshold < 1) {
            throw new IllegalArgumentException("A check has to fail at least once, and not " + threshold + " times");
        }
        this.checks = checks.stream().map(Watched::new).toList();
        this.readOnly = readOnly;
        this.interval = interval;
        this.threshold = threshold;
        this.nanoTime = nanoTime;
        this.since = nanoTime.getAsLong();
    }

    /** How the registry is doing now, or was doing less than the interval ago. */
    public HealthReport report() {
        Optional<Answer> known = last;
        if (known.isPresent() && nanoTime.getAsLong() - known.get().nanos() < interval.toNanos()) {
            return report(known.get());
        }
        if (!asking.tryLock()) {
            return whileSomebodyAsks(known);
        }
        try {
            since = nanoTime.getAsLong();
            Answer answer = new Answer(checks.stream().map(Watched::ask).toList(), nanoTime.getAsLong());
            last = Optional.of(answer);
            return report(answer);
        } finally {
            asking.unlock();
        }
    }

    /** A disk that hangs is as bad as one that fails, and must not take those along who ask after it. */
    private HealthReport whileSomebodyAsks(Optional<Answer> known) {
        long waited = nanoTime.getAsLong() - since;
        long bearable = Math.max(interval.toNanos(), Duration.ofSeconds(5).toNanos());
        if (known.isPresent() && waited < bearable) {
            return report(known.get());
        }
        String problem = waited < bearable
                ? "it is not known yet"
                : "the check has not ended for " + Duration.ofNanos(waited).toSeconds() + " s";
        return new HealthReport(
                readOnly.getAsBoolean(),
                checks.stream()
                        .map(check -> new Result(check.check.name(), Optional.of(problem)))
                        .toList());
    }

    private HealthReport report(Answer answer) {
        return new HealthReport(readOnly.getAsBoolean(), answer.results());
    }

    /** A check, and how often it has failed in a row. */
    private final class Watched {

        private final HealthCheck check;
        private int failures;

        Watched(HealthCheck check) {
            this.check = check;
        }

        Result ask() {
            Optional<String> problem = problem();
            int before = failures;
            failures = problem.isPresent() ? failures + 1 : 0;
            boolean reported = failures >= threshold;
            if (reported && before < threshold) {
                LOG.warn("The {} is not well: {}", check.name(), problem.orElse(""));
            } else if (!reported && before >= threshold) {
                LOG.info("The {} is well again", check.name());
            }
            return new Result(check.name(), reported ? problem : Optional.empty());
        }

        private Optional<String> problem() {
            try {
                check.probe().check();
                return Optional.empty();
            } catch (IOException | RuntimeException e) {
                return Optional.of(String.valueOf(e.getMessage()));
            }
        }
    }
}
