package dev.berth.registry.engine;

import dev.berth.registry.storage.MetadataStore;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Walks over the children of a key in order, page by page, so that memory stays small however many there are. */
final class Segments {

    private static final int PAGE = 1000;

    private final MetadataStore metadata;
    private final String parent;
    private final int pageSize;
    private Optional<String> after;
    private Iterator<String> page = List.<String>of().iterator();
    private boolean last;

    Segments(MetadataStore metadata, String parent, Optional<String> after) {
        this(metadata, parent, after, PAGE);
    }

    /** @param expected how many will most likely be wanted */
    Segments(MetadataStore metadata, String parent, Optional<String> after, int expected) {
        this.metadata = metadata;
        this.parent = parent;
        this.after = after;
        this.pageSize = Math.max(1, Math.min(expected, PAGE));
    }

    Optional<String> next() throws IOException {
        if (!page.hasNext() && !last) {
            List<String> more = metadata.children(parent, after, pageSize);
            last = more.size() < pageSize;
            page = more.iterator();
        }
        if (!page.hasNext()) {
            return Optional.empty();
        }
        after = Optional.of(page.next());
        return after;
    }
}
