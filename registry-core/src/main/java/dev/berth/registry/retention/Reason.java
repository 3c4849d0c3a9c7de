package dev.berth.registry.retention;

import dev.berth.registry.Digest;
import dev.berth.registry.pattern.TagPattern;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Why something stays or goes: a value for a program, and a sentence for a person. */
public sealed interface Reason {

    /** What follows "because". */
    String text();

    /** All of it: "kept because …", "deleted because …". */
    default String sentence() {
        return (this instanceof Kept ? "kept because " : "deleted because ") + text();
    }

    /** It stays. */
    sealed interface Kept extends Reason {}

    /** It goes. */
    sealed interface Deleted extends Reason {}

    /** What is done with a manifest that counts for its age. */
    enum Use {
        PUSHED("pushed"),
        PULLED("pulled"),
        UNTAGGED("tagged"),
        /** Before it was noted what is pulled, it may have been. */
        UNKNOWN("pulled, for all that is known,");

        private final String word;

        Use(String word) {
            this.word = word;
        }
    }

    /** The rules say nothing of tags. */
    record NoRuleForTags() implements Kept {
        @Override
        public String text() {
            return "no rule lets tags go";
        }
    }

    /** Tags like this one stay for ever. */
    record KeptForEver(TagPattern tags) implements Kept {
        @Override
        public String text() {
            return "tags of " + tags + " stay for ever";
        }
    }

    /**
     * It is one of the newest.
     *
     * @param place from 1, the newest
     * @param count how many are kept
     */
    record AmongNewest(TagPattern tags, int place, int count) implements Kept {
        @Override
        public String text() {
            return "it is number " + place + " of the newest " + count
                    + (tags.equals(TagPattern.any()) ? "" : " of " + tags);
        }
    }

    /**
     * It is one of the highest of its minor version.
     *
     * @param minor such as {@code 1.2}
     * @param place from 1, the highest
     * @param count how many are kept
     */
    record AmongNewestOfMinor(String minor, int place, int count) implements Kept {
        @Override
        public String text() {
            return "it is number " + place + " of the newest " + count + " of version " + minor;
        }
    }

    /** It was pushed of late. */
    record PushedLately(Instant pushedAt, Duration age) implements Kept {
        @Override
        public String text() {
            return "it was pushed at " + pushedAt + ", within " + Span.text(age);
        }
    }

    /** It was pulled of late. */
    record PulledLately(Instant pulledAt, Duration age) implements Kept {
        @Override
        public String text() {
            return "it was pulled up to " + pulledAt + ", within " + Span.text(age);
        }
    }

    /**
     * It may have been pulled of late.
     *
     * @param since since when pulls have been noted; empty if they never were
     */
    record PullsUnknown(Optional<Instant> since, Duration age) implements Kept {
        @Override
        public String text() {
            return "nobody knows whether it was pulled within " + Span.text(age) + ": pulls have "
                    + since.map(time -> "been noted since " + time + " only").orElse("not been noted");
        }
    }

    /** The tag is immutable. */
    record Immutable() implements Kept {
        @Override
        public String text() {
            return "it is immutable";
        }
    }

    /** A manifest that stays names it, such as an index. */
    record NamedBy(Digest manifest) implements Kept {
        @Override
        public String text() {
            return manifest + " names it";
        }
    }

    /** What it refers to stays. */
    record RefersTo(Digest subject) implements Kept {
        @Override
        public String text() {
            return "it refers to " + subject;
        }
    }

    /** It has not been untagged for long enough. */
    record UntaggedNotLong(Use use, Instant at, Duration age) implements Kept {
        @Override
        public String text() {
            return "it was last " + use.word + " at " + at + ", and untagged manifests stay for " + Span.text(age);
        }
    }

    /** Nobody knows what the repository's manifests need. */
    record Unreadable(String obstacle) implements Kept {
        @Override
        public String text() {
            return "nobody knows what needs it: " + obstacle;
        }
    }

    /** It was to go, and something came between: it was pushed again, or the registry refused. */
    record Spared(String cause) implements Kept {
        @Override
        public String text() {
            return cause;
        }
    }

    /** No rule keeps the tag. */
    record NoRuleKeeps(List<Keep> rules, Instant pushedAt, Optional<Instant> pulledAt) implements Deleted {

        public NoRuleKeeps {
            rules = List.copyOf(rules);
        }

        @Override
        public String text() {
            return "it is not among what is kept ("
                    + rules.stream().map(Keep::toString).collect(Collectors.joining(", ")) + "): pushed at " + pushedAt
                    + pulledAt.map(time -> ", pulled up to " + time).orElse("");
        }
    }

    /** No tag has pointed to the manifest for long enough. */
    record Untagged(Use use, Instant at, Duration age) implements Deleted {
        @Override
        public String text() {
            return "no tag points to it, and it was last " + use.word + " at " + at + ", more than " + Span.text(age)
                    + " ago";
        }
    }
}
