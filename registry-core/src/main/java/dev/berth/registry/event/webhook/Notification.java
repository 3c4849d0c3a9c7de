package dev.berth.registry.event.webhook;

import java.time.Instant;

/**
 * An event as endpoints are told of it.
 *
 * @param action what happened
 * @param mediaType the type of what it happened to; empty if that is not known any more
 * @param time when it happened
 * @param json the notification, an object in one line
 */
record Notification(WebhookAction action, String mediaType, Instant time, String json) {}
