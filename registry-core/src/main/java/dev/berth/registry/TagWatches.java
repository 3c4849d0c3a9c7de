package dev.berth.registry;

import java.util.List;

/** Several watches, in order, or none. */
record TagWatches(List<TagWatch> watches) implements TagWatch {

    @Override
    public void before(TagChange change) {
        watches.forEach(watch -> watch.before(change));
    }

    @Override
    public void after(TagChange change) {
        watches.forEach(watch -> watch.after(change));
    }
}
