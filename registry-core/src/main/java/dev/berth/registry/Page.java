package dev.berth.registry;

import java.util.List;

/**
 * A part of a longer list.
 *
 * @param items in order; empty only when nothing is left
 * @param more whether there is more behind the last item, to be asked for by naming that item
 * @param <T> what is listed
 */
public record Page<T>(List<T> items, boolean more) {

    public Page {
        items = List.copyOf(items);
    }

    /** The end of every list. */
    public static <T> Page<T> empty() {
        return new Page<>(List.of(), false);
    }
}
