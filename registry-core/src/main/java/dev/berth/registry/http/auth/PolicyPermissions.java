package dev.berth.registry.http.auth;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.http.Caller;
import java.util.List;

/** What a policy lets one caller do. */
final class PolicyPermissions implements Permissions {

    private final Caller caller;
    private final List<Rule> rules;

    /** @param rules those about the caller, in order */
    PolicyPermissions(Caller caller, List<Rule> rules) {
        this.caller = caller;
        this.rules = rules;
    }

    @Override
    public boolean allow(RepositoryName repository, Action action) {
        for (Rule rule : rules) {
            if (rule.actions().contains(action) && rule.pattern().test(repository)) {
                return rule.allows();
            }
        }
        return false;
    }

    @Override
    public boolean allowCatalog() {
        return anyAllows(Action.LIST);
    }

    @Override
    public boolean allowBase() {
        return !caller.isAnonymous() || anyAllows(Action.PULL);
    }

    private boolean anyAllows(Action action) {
        return rules.stream().anyMatch(rule -> rule.allows() && rule.actions().contains(action));
    }

    @Override
    public boolean showEverything() {
        return everywhere(Action.PULL) && everywhere(Action.LIST);
    }

    private boolean everywhere(Action action) {
        for (Rule rule : rules) {
            if (rule.actions().contains(action)) {
                if (!rule.allows()) {
                    return false;
                }
                if (rule.pattern().matchesAll()) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public List<String> beginnings() {
        return rules.stream()
                .filter(rule -> rule.allows() && rule.actions().contains(Action.LIST))
                .map(rule -> rule.pattern().beginning())
                .distinct()
                .toList();
    }
}
