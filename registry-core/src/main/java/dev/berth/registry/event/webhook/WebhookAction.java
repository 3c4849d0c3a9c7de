package dev.berth.registry.event.webhook;

import dev.berth.registry.event.RegistryEvent;
import java.util.Locale;
import java.util.Optional;

/** What a notification is of. */
public enum WebhookAction {
    /** A manifest or a blob was pushed. */
    PUSH,
    /** A manifest or a blob was pulled. */
    PULL,
    /** A manifest, a tag or a blob was deleted. */
    DELETE,
    /** A blob became part of another repository. */
    MOUNT;

    /** As a notification has it: {@code push}, {@code pull}, {@code delete}, {@code mount}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What an event is told as. A tag's move is told by the push that moves it, and a collection is nobody's business. */
    static Optional<WebhookAction> of(RegistryEvent event) {
        if (event instanceof RegistryEvent.ManifestPulled || event instanceof RegistryEvent.BlobPulled) {
            return Optional.of(PULL);
        }
        if (event instanceof RegistryEvent.ManifestPushed || event instanceof RegistryEvent.BlobPushed) {
            return Optional.of(PUSH);
        }
        if (event instanceof RegistryEvent.BlobMounted) {
            return Optional.of(MOUNT);
        }
        boolean deleted = event instanceof RegistryEvent.ManifestDeleted
                || event instanceof RegistryEvent.TagDeleted
                || event instanceof RegistryEvent.BlobDeleted;
        return deleted ? Optional.of(DELETE) : Optional.empty();
    }
}
