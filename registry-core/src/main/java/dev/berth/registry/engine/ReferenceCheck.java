package dev.berth.registry.engine;

/** Which of the content that a manifest refers to has to be in the repository before the manifest is accepted. */
public enum ReferenceCheck {
    /** An image's config and layers, and an index's manifests. The default, as in Docker's registry. */
    ALL,
    /** An image's config and layers; an index may be sparse. */
    IMAGES,
    /** Nothing: for tests that push what is not whole. */
    NONE
}
