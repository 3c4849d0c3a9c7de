package dev.berth.registry.image.recording;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import java.util.Optional;

/** One thing in which a recording differs from another. Each prints itself as a person would say it. */
public sealed interface Difference {

    /** Something is asked that was not. */
    record Added(RecordedExchange exchange) implements Difference {
        @Override
        public String toString() {
            return "new: " + exchange;
        }
    }

    /** Something is no longer asked. */
    record Removed(RecordedExchange exchange) implements Difference {
        @Override
        public String toString() {
            return "no longer asked: " + exchange;
        }
    }

    /** A tag points to another manifest. */
    record TagMoved(RepositoryName repository, Tag tag, Digest before, Digest after) implements Difference {
        @Override
        public String toString() {
            return "tag " + tag + " of " + repository + " moved from " + before + " to " + after;
        }
    }

    /** Something is answered with another status. */
    record StatusChanged(RecordedRequest request, int before, int after) implements Difference {
        @Override
        public String toString() {
            return request + ": status " + before + " became " + after;
        }
    }

    /** A header field of an answer says something else; empty where there is none. */
    record HeaderChanged(RecordedRequest request, String name, Optional<String> before, Optional<String> after)
            implements Difference {
        @Override
        public String toString() {
            return request + ": " + name + " " + before.orElse("(none)") + " became " + after.orElse("(none)");
        }
    }

    /** The body of an answer is another. */
    record BodyChanged(RecordedRequest request, RecordedBody before, RecordedBody after) implements Difference {
        @Override
        public String toString() {
            return request + ": " + before + " became " + after;
        }
    }

    /** What is asked several times is answered with another number of different answers. */
    record TurnsChanged(RecordedRequest request, int before, int after) implements Difference {
        @Override
        public String toString() {
            return request + ": " + before + " different answers in turn became " + after;
        }
    }
}
