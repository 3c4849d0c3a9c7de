package dev.berth.standalone.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The variables of Docker's registry: {@code REGISTRY_} and a setting's path in capitals, with {@code _} between levels and
 * lists by index. Values are YAML. They count in the order of their names, so that {@code REGISTRY_STORAGE} comes before
 * {@code REGISTRY_STORAGE_DELETE_ENABLED}.
 */
final class Environment {

    static final String CONFIGURATION_PATH = "REGISTRY_CONFIGURATION_PATH";
    static final String PREFIX = "REGISTRY_";

    private Environment() {}

    /**
     * Sets what the variables say.
     *
     * @return the names of variables that mean nothing, which others may have set: Kubernetes does for every service of that
     *     name
     */
    static List<String> apply(Map<String, String> environment, Values values) {
        List<String> unknown = new ArrayList<>();
        // No streams: this runs at each start, most often for nothing.
        Map<String, String> variables = new TreeMap<>();
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            String name = variable.getKey();
            if (name.startsWith(PREFIX) && !name.equals(CONFIGURATION_PATH)) {
                variables.put(name, variable.getValue());
            }
        }
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            String name = variable.getKey();
            String path =
                    name.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '.');
            if (Settings.knows(path)) {
                values.setVariable(path, Yaml.variable(name, variable.getValue()), name);
            } else {
                unknown.add(name);
            }
        }
        return unknown;
    }
}
