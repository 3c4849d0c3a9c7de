package dev.berth.registry.http.auth;

import java.time.Duration;

/**
 * How many wrong passwords are borne within a minute before more are turned down.
 *
 * @param together for one user from one address, at least 1: then that user is turned down there, right password or not, until
 *     the minute is over
 * @param address from one address, at least 1: then users whose password was not right there of late are turned down there
 * @param user for one user from all addresses, at least 1: then each further attempt waits for {@code delay}, but is looked at,
 *     so that nobody can lock a user out
 * @param delay how long
 */
public record GuessLimits(int together, int address, int user, Duration delay) {

    /** @throws IllegalArgumentException if a number is below 1 or the delay negative */
    public GuessLimits {
        if (together < 1 || address < 1 || user < 1 || delay.isNegative()) {
            throw new IllegalArgumentException("Limits are at least 1 and the delay is not negative, unlike one of "
                    + together + ", " + address + ", " + user + ", " + delay);
        }
    }

    /** 10 for a user at an address, 100 for an address, 100 for a user, and then a delay of 2 seconds. */
    public static GuessLimits defaults() {
        return new GuessLimits(10, 100, 100, Duration.ofSeconds(2));
    }
}
