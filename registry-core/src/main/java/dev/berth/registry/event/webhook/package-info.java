/**
 * What happens in a registry, told to others by HTTP, in the form in which Docker's registry does: {@link
 * dev.berth.registry.event.webhook.Webhooks}.
 */
@NullMarked
package dev.berth.registry.event.webhook;

import org.jspecify.annotations.NullMarked;
