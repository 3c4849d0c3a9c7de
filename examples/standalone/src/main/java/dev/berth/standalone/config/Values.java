package dev.berth.standalone.config;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What has been configured, as a tree laid flat: values by path. Whatever is set later takes the place of what was there. */
final class Values {

    /** What stands under {@code storage} and is no type of storage. */
    private static final Set<String> BESIDE_STORAGE = Set.of("maintenance", "cache", "delete", "redirect", "tag");

    private final Map<String, Value> byPath = new TreeMap<>();

    /** A configuration file's content, as {@link Yaml} reads it. */
    void setFile(Object tree, String file) {
        put("", tree, file, true);
    }

    /** What a variable says: it replaces everything at and below its path. */
    void setVariable(String path, Object tree, String variable) {
        byPath.keySet().removeIf(at -> at.equalsIgnoreCase(path) || isBelow(path, at) || isBelow(at, path));
        put(path, tree, variable, false);
    }

    /** Names are compared without case, as those of header fields have to be: variables know none. */
    private static boolean isBelow(String upper, String lower) {
        return lower.length() > upper.length()
                && lower.charAt(upper.length()) == '.'
                && lower.regionMatches(true, 0, upper, 0, upper.length());
    }

    private void put(String path, Object tree, String source, boolean inFile) {
        if (tree instanceof Map<?, ?> map && !map.isEmpty()) {
            map.forEach((key, value) -> put(path.isEmpty() ? key.toString() : path + "." + key, value, source, inFile));
        } else if (tree instanceof List<?> list && !list.isEmpty()) {
            for (int i = 0; i < list.size(); i++) {
                put(path + "." + i, list.get(i), source, inFile);
            }
        } else if (!path.isEmpty()) {
            String text = tree instanceof Collection || tree instanceof Map ? "" : tree.toString();
            // "storage: inmemory" is short for "storage: {inmemory: {}}", and "auth: htpasswd" for what begins
            // likewise.
            boolean type = (path.equals("storage") || path.equals("auth")) && !text.isEmpty();
            String at = type ? path + "." + text : path;
            byPath.put(at, new Value(at, type ? "" : text, source, inFile));
        }
    }

    boolean isEmpty() {
        return byPath.isEmpty();
    }

    /** All of them, in order of path. */
    Collection<Value> all() {
        return byPath.values();
    }

    Optional<Value> at(String path) {
        return Optional.ofNullable(byPath.get(path));
    }

    /** The types of storage configured, which should be one, in order. */
    Set<String> storageTypes() {
        Set<String> types = new TreeSet<>();
        byPath.keySet().forEach(path -> storageType(path).ifPresent(types::add));
        return types;
    }

    /** Forgets which storage was configured: something that counts for more has told another. */
    void removeStorageTypes() {
        byPath.keySet().removeIf(path -> storageType(path).isPresent());
    }

    /** Forgets all but which storage was configured, and how. */
    void keepStorageTypes() {
        byPath.keySet().removeIf(path -> storageType(path).isEmpty());
    }

    private static Optional<String> storageType(String path) {
        String[] levels = path.split("\\.", 3);
        boolean type = levels.length > 1 && levels[0].equals("storage") && !BESIDE_STORAGE.contains(levels[1]);
        return type ? Optional.of(levels[1]) : Optional.empty();
    }
}
