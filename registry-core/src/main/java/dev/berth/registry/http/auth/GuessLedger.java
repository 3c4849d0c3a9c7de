package dev.berth.registry.http.auth;

import dev.berth.registry.recent.RecentlyUsed;
import java.time.Clock;
import java.time.Duration;
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
    private final RecentlyUsed<UserAtAddress, Count> together = new RecentlyUsed<>(MOST_REMEMBERED);
    private final RecentlyUsed<String, Count> addresses = new RecentlyUsed<>(MOST_REMEMBERED);
    private final RecentlyUsed<String, Count> users = new RecentlyUsed<>(MOST_REMEMBERED);

    GuessLedger(GuessLimits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /** Counts an attempt, or says that it has to wait. */
    synchronized Admission admit(String user, String rawAddress) {
        long now = clock.millis();
        String address = AddressBlock.of(rawAddress);
        Count both = together.get(new UserAtAddress(user, address), Count::new);
        if (both.at(now) >= limits.together()) {
            return Admission.refused(both.left(now), both.firstRefusal());
        }
        if (both.trustedUntil > now) {
            both.count++;
            return new Admission(both, Optional.empty(), Optional.empty(), Duration.ZERO, true, false);
        }
        Count there = addresses.get(address, Count::new);
        if (there.at(now) >= limits.address()) {
            return Admission.refused(there.left(now), there.firstRefusal());
        }
        Count everywhere = users.get(user, Count::new);
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
}
