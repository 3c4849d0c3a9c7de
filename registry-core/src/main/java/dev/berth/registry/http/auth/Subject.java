package dev.berth.registry.http.auth;

import dev.berth.registry.http.Caller;

/** Whom a rule is about. */
sealed interface Subject {

    /** Whether a caller who is also in {@code memberships} of the policy is meant. */
    boolean includes(Caller caller, Memberships memberships);

    /** Whoever asks, with a credential or without. */
    record Anyone() implements Subject {
        @Override
        public boolean includes(Caller caller, Memberships memberships) {
            return true;
        }

        @Override
        public String toString() {
            return "anyone";
        }
    }

    /** Whoever has shown a credential. */
    record AnyUser() implements Subject {
        @Override
        public boolean includes(Caller caller, Memberships memberships) {
            return !caller.isAnonymous();
        }

        @Override
        public String toString() {
            return "any user";
        }
    }

    /** One user. */
    record User(String name) implements Subject {
        @Override
        public boolean includes(Caller caller, Memberships memberships) {
            return caller.name().equals(name);
        }

        @Override
        public String toString() {
            return "user " + name;
        }
    }

    /** The members of a group. */
    record Group(String name) implements Subject {
        @Override
        public boolean includes(Caller caller, Memberships memberships) {
            return caller.groups().contains(name) || memberships.contains(name, caller);
        }

        @Override
        public String toString() {
            return "group " + name;
        }
    }
}
