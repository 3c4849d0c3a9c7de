package dev.berth.registry.image;

import java.time.Instant;

/**
 * One step in the making of an image (OCI Image Specification, "Image Configuration", {@code history}).
 *
 * @param created when
 * @param createdBy the command
 * @param comment what somebody said of it, may be empty
 * @param emptyLayer whether the step made no layer
 */
public record History(Instant created, String createdBy, String comment, boolean emptyLayer) {}
