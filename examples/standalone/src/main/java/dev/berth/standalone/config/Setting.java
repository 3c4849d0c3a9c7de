package dev.berth.standalone.config;

import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A setting of Docker's registry, and what becomes of it here.
 *
 * @param path the path, with dots between levels; {@code .**} at the end stands for all below it, and itself
 * @param disposition what becomes of it
 * @param harmless the values that ask for nothing which is not so anyhow
 * @param note what a reader should know: what it does here, or why it is not supported and what to do
 * @param application puts a value into effect; null if nothing does
 */
record Setting(
        String path,
        Disposition disposition,
        Set<String> harmless,
        String note,
        @Nullable Application application) {

    private static final String SUBTREE = ".**";

    static Setting applied(String path, String note, Application application) {
        return new Setting(path, Disposition.APPLIED, Set.of(), note, application);
    }

    static Setting needless(String path, String note) {
        return new Setting(path, Disposition.NEEDLESS, Set.of(), note, null);
    }

    static Setting notYet(String path, String note) {
        return new Setting(path, Disposition.NOT_YET, Set.of(), note, null);
    }

    static Setting refused(String path, String note) {
        return new Setting(path, Disposition.REFUSED, Set.of(), note, null);
    }

    static Setting guard(String path, String note) {
        return new Setting(path, Disposition.GUARD, Set.of(), note, null);
    }

    /** The same, with nothing to say where the value is one of these. */
    Setting unless(String... values) {
        return new Setting(path, disposition, Set.of(values), note, application);
    }

    /** The path without what stands for all below it. */
    String root() {
        return isSubtree() ? path.substring(0, path.length() - SUBTREE.length()) : path;
    }

    boolean isSubtree() {
        return path.endsWith(SUBTREE);
    }

    /** Whether a value of this path is this setting's. */
    boolean covers(String other) {
        return other.equals(root()) || (isSubtree() && other.startsWith(root() + "."));
    }

    /** Whether this value asks for nothing. */
    boolean isIdle(Value value) {
        boolean named = disposition == Disposition.GUARD && value.path().indexOf('.') >= 0;
        return (value.isEmpty() && !named) || harmless.contains(value.text());
    }

    /** Puts a value of an applied setting into effect. */
    void applyTo(Draft draft, Value value) {
        Objects.requireNonNull(application, path).apply(draft, value);
    }

    /** How a value takes effect. */
    @FunctionalInterface
    interface Application {
        void apply(Draft draft, Value value);
    }
}
