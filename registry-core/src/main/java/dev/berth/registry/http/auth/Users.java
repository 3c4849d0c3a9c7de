package dev.berth.registry.http.auth;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A source of users and their passwords. Safe for use by several threads; a check that takes long is done on a thread of the
 * source's own, and takes as long for a user that there is not as for one with a wrong password.
 */
public interface Users {

    /** Checks a name and a password. */
    CompletionStage<Verdict> check(PasswordAttempt attempt);

    /**
     * Something that stays the same as long as the user is there and their password and groups do, by which what was given out
     * against that password can be taken back. No part of it can be turned into the password or its hash.
     *
     * @return empty if there is no such user, or no more
     */
    Optional<String> revision(String name);

    /** A few users with passwords as they are, for tests. */
    static Users of(Map<String, String> passwords) {
        return new FixedUsers(passwords);
    }
}
