package dev.berth.registry.http.auth;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Counts attempts, as many as fit into its bounded memory. An attempt counts from when it begins, so that a thousand at once are
 * no way around the limit, and is taken back when the password was right. A right password does not clear the count: guesses
 * would otherwise hide behind a proxy among the user's own requests.
 */
final class GuessLedger {

    private static final int MOST_REMEMBERED = 10_000;
    private static final long WINDOW = Duration.ofMinutes(1).toMillis();
    private static final long TRUST = Duration.ofMinutes(15).toMillis();

    private final GuessLimits limits;
    private final Clock clock;
    private final Map<UserAtAddress, Count> together = new Recent<>();
    private final Map<String, Count> addresses = new Recent<>();
    private final Map<String, Count> users = new Recent<>();

    GuessLedger(GuessLimits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /** Counts an attempt, or says that it has to wait. */
    synchronized Admission admit(String user, String rawAddress) {
        long now = clock.millis();
        String address = AddressBlock.of(rawAddress);
        Count both = together.computeIfAbsent(new UserAtAddress(user, address), key -> new Count());
        if (both.at(now) >= limits.together()) {
            return Admission.refused(both.left(now), both.firstRefusal());
        }
        if (both.trustedUntil > now) {
            both.count++;
            return new Admission(both, Optional.empty(), Optional.empty(), Duration.ZERO, true, false);
        }
        Count there = addresses.computeIfAbsent(address, key -> new Count());
        if (there.at(now) >= limits.address()) {
            return Admission.refused(there.left(now), there.firstRefusal());
        }
        Count everywhere = users.computeIfAbsent(user, key -> new Count());
        boolean delay = everywhere.at(now) >= limits.user();
        both.count++;
        there.count++;
        everywhere.count++;
        return new Admission(
                both, Optional.of(there), Optional.of(everywhere), delay ? limits.delay() : Duration.ZERO, true, false);
    }

    /** Takes an attempt back whose password was right. */
    synchronized void forgive(Admission admission) {
        admission.takeBack();
        admission.together.trustedUntil = clock.millis() + TRUST;
    }

    /** Takes an attempt back that came to nothing. */
    synchronized void forget(Admission admission) {
        admission.takeBack();
    }

    /**
     * Whether an attempt may be made, and when.
     *
     * @param pause for one that may be made, how long it is put off; for another, when to come again
     * @param firstRefusal whether this is the first to be turned down in its minute, which is worth a line in the log
     */
    record Admission(
            Count together,
            Optional<Count> address,
            Optional<Count> user,
            Duration pause,
            boolean admitted,
            boolean firstRefusal) {

        private static Admission refused(long millis, boolean first) {
            return new Admission(
                    new Count(), Optional.empty(), Optional.empty(), Duration.ofMillis(millis), false, first);
        }

        private void takeBack() {
            together.takeBack();
            address.ifPresent(Count::takeBack);
            user.ifPresent(Count::takeBack);
        }
    }

    private record UserAtAddress(String user, String address) {}

    /** Attempts in the minute that began with the first of them. */
    private static final class Count {

        private long start;
        private int count;
        private boolean refused;
        private long trustedUntil;

        private int at(long now) {
            if (now - start >= WINDOW || now < start) {
                start = now;
                count = 0;
                refused = false;
            }
            return count;
        }

        private long left(long now) {
            return start + WINDOW - now;
        }

        private boolean firstRefusal() {
            boolean first = !refused;
            refused = true;
            return first;
        }

        private void takeBack() {
            count = Math.max(0, count - 1);
        }
    }

    /** Forgets what has not been used for longest. */
    private static final class Recent<K> extends LinkedHashMap<K, Count> {

        private static final long serialVersionUID = 1L;

        Recent() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, Count> eldest) {
            return size() > MOST_REMEMBERED;
        }
    }
}
