package dev.berth.registry.event;

/**
 * Is told what happens in a registry. Called by one thread at a time for each subscription, in the order in which things
 * happened to a tag. What it throws is logged once and does no harm to whoever caused the event.
 */
@FunctionalInterface
public interface EventListener {

    /** Something has happened. */
    void on(RegistryEvent event);
}
