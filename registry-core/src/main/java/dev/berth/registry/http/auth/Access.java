package dev.berth.registry.http.auth;

import dev.berth.registry.RepositoryName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Something that a request needs to be allowed. Its text is a resource scope of Docker's token protocol ("Docker Registry
 * Token Authentication", "Resource Scope Grammar").
 */
public sealed interface Access {

    /** The scope, such as {@code repository:team/app:pull,push}; empty for what every known caller may. */
    String scope();

    /** To be known at all, which is what {@code /v2/} takes. */
    record Base() implements Access {
        @Override
        public String scope() {
            return "";
        }
    }

    /** To read the catalogue, or as much of it as is theirs to see. */
    record Catalog() implements Access {
        @Override
        public String scope() {
            return "registry:catalog:*";
        }
    }

    /**
     * To do something with a repository.
     *
     * @param actions all of which are needed
     */
    record Repository(RepositoryName name, Set<Action> actions) implements Access {

        public Repository {
            actions = Set.copyOf(actions);
        }

        @Override
        public String scope() {
            List<String> words = new ArrayList<>();
            for (Action action : Action.values()) {
                if (actions.contains(action)) {
                    words.add(action.word());
                }
            }
            return "repository:" + name + ":" + String.join(",", words);
        }
    }
}
