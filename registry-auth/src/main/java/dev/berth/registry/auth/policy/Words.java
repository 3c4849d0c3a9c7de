package dev.berth.registry.auth.policy;

import dev.berth.registry.http.auth.AccessPolicy;
import dev.berth.registry.http.auth.Action;
import java.util.EnumSet;
import java.util.Set;

/** The words of a file for what may be done. */
final class Words {

    private Words() {}

    static void apply(AccessPolicy.Grant grant, String word, boolean allows, String pattern) {
        if (allows) {
            allow(grant, word, pattern);
        } else {
            grant.deny(actions(word), pattern);
        }
    }

    private static void allow(AccessPolicy.Grant grant, String word, String pattern) {
        switch (word) {
            case "pull" -> grant.pull(pattern);
            case "push" -> grant.push(pattern);
            case "delete" -> grant.delete(pattern);
            case "list" -> grant.list(pattern);
            case "all" -> grant.all(pattern);
            default -> throw unknown(word);
        }
    }

    private static Set<Action> actions(String word) {
        if (word.equals("all")) {
            return EnumSet.allOf(Action.class);
        }
        return Set.of(Action.of(word).orElseThrow(() -> unknown(word)));
    }

    private static UnknownWordException unknown(String word) {
        return new UnknownWordException(
                "\"" + word + "\" is nothing that can be done: write pull, push, delete, list or all");
    }
}
