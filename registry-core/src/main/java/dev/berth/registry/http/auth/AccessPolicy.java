package dev.berth.registry.http.auth;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.http.Caller;
import dev.berth.registry.pattern.RepositoryPattern;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who may do what in which repositories.
 *
 * <pre>{@code
 * AccessPolicy policy = AccessPolicy.builder()
 *         .user("root").all("**")
 *         .members("dev", "alice", "bob")
 *         .group("dev").push("team/**").list("team/**")
 *         .anyUser().none("secret/**")
 *         .anyUser().pull("**")
 *         .anyone().pull("public/**")
 *         .build();
 * }</pre>
 *
 * <p>Rules are in order, and for each action <em>the first rule that speaks of the caller, the repository and the action
 * decides</em>; where none does, the answer is no. So rules that only allow can stand in any order, and one that forbids
 * forbids what the rules behind it would allow. {@code push}, {@code delete} and {@code list} bring {@code pull} along: no
 * client does one without the other.
 *
 * <p>A repository is written as its name, in which {@code *} stands for any characters within a component and {@code **}, as a
 * component, for any number of components, at least one if it is the last: {@code team/**} is all below {@code team}, and not
 * {@code team} itself.
 *
 * <p>Immutable.
 */
public final class AccessPolicy {

    private final List<Rule> rules;
    private final Memberships memberships;

    private AccessPolicy(List<Rule> rules, Memberships memberships) {
        this.rules = List.copyOf(rules);
        this.memberships = memberships;
    }

    /** A policy to be written; as it stands it lets nobody do anything. */
    public static Builder builder() {
        return new Builder(new Draft());
    }

    /** Every user may do everything, and nobody else anything: what registry:2 does with an htpasswd file. */
    public static AccessPolicy usersMayAll() {
        return builder().anyUser().all("**").build();
    }

    /** Whoever asks may pull and list everything; every user may do everything. */
    public static AccessPolicy anyoneMayPull() {
        return builder().anyone().list("**").anyUser().all("**").build();
    }

    /** Whether a caller may do that in a repository. */
    public boolean allows(Caller caller, RepositoryName repository, Action action) {
        return permissions(caller).allow(repository, action);
    }

    /** What a caller may do. */
    public Permissions permissions(Caller caller) {
        List<Rule> theirs = new ArrayList<>(rules.size());
        for (Rule rule : rules) {
            if (rule.subject().includes(caller, memberships)) {
                theirs.add(rule);
            }
        }
        return new PolicyPermissions(caller, theirs);
    }

    /** One rule a line, as they are applied. */
    @Override
    public String toString() {
        return rules.stream().map(Rule::toString).collect(Collectors.joining("\n"));
    }

    /** What has been written so far; the builder and its grants write into the same. */
    private static final class Draft {
        private final List<Rule> rules = new ArrayList<>();
        private Memberships memberships = Memberships.NONE;
    }

    /** Writes a policy: says who, and then what they may do. Not safe for use by several threads. */
    public static sealed class Builder {

        private final Draft draft;

        private Builder(Draft draft) {
            this.draft = draft;
        }

        /** Whoever asks, with a credential or without. */
        public Grant anyone() {
            return new Grant(draft, new Subject.Anyone());
        }

        /** Whoever has shown a credential. */
        public Grant anyUser() {
            return new Grant(draft, new Subject.AnyUser());
        }

        /**
         * The user of that name.
         *
         * @throws IllegalArgumentException if the name is empty
         */
        public Grant user(String name) {
            return new Grant(draft, new Subject.User(notEmpty(name)));
        }

        /**
         * The members of a group: those named with {@link #members}, and those whom the source of users puts there.
         *
         * @throws IllegalArgumentException if the name is empty
         */
        public Grant group(String name) {
            return new Grant(draft, new Subject.Group(notEmpty(name)));
        }

        /** Puts users into a group, which applies to all rules, wherever they stand. */
        public Builder members(String group, String... users) {
            draft.memberships = draft.memberships.plus(notEmpty(group), List.of(users));
            return this;
        }

        /** The policy. */
        public AccessPolicy build() {
            return new AccessPolicy(draft.rules, draft.memberships);
        }

        private static String notEmpty(String name) {
            if (name.isEmpty()) {
                throw new IllegalArgumentException("The name of a user or group is not empty");
            }
            return name;
        }
    }

    /**
     * Says what somebody may do. Each method takes patterns of repositories, and throws {@link IllegalArgumentException} if one
     * can match nothing. Not safe for use by several threads.
     */
    public static final class Grant extends Builder {

        private final Draft draft;
        private final Subject subject;

        private Grant(Draft draft, Subject subject) {
            super(draft);
            this.draft = draft;
            this.subject = subject;
        }

        /** They may pull. */
        public Grant pull(String... repositories) {
            return allow(EnumSet.of(Action.PULL), repositories);
        }

        /** They may pull and push. */
        public Grant push(String... repositories) {
            return allow(EnumSet.of(Action.PULL, Action.PUSH), repositories);
        }

        /** They may pull and delete. */
        public Grant delete(String... repositories) {
            return allow(EnumSet.of(Action.PULL, Action.DELETE), repositories);
        }

        /** They may pull, and ask for the catalogue and find these repositories there. */
        public Grant list(String... repositories) {
            return allow(EnumSet.of(Action.PULL, Action.LIST), repositories);
        }

        /** They may do everything. */
        public Grant all(String... repositories) {
            return allow(EnumSet.allOf(Action.class), repositories);
        }

        /** They may do nothing, whatever rules behind this one say. */
        public Grant none(String... repositories) {
            return deny(EnumSet.allOf(Action.class), repositories);
        }

        /** They may do exactly that. */
        public Grant allow(Set<Action> actions, String... repositories) {
            return add(actions, true, repositories);
        }

        /** They may not do that, whatever rules behind this one say. */
        public Grant deny(Set<Action> actions, String... repositories) {
            return add(actions, false, repositories);
        }

        private Grant add(Set<Action> actions, boolean allows, String... repositories) {
            for (String repository : repositories) {
                draft.rules.add(new Rule(subject, RepositoryPattern.of(repository), actions, allows));
            }
            return this;
        }
    }
}
