package dev.berth.registry.event.webhook;

import java.time.Instant;
import java.util.Optional;

/**
 * How an endpoint is doing. Counts begin with the process, but for what waits.
 *
 * @param endpoint its name
 * @param queued how many notifications wait, the one that is being sent included
 * @param sent how many it has taken
 * @param failed how many times it did not take one, which is then tried again
 * @param dropped how many it will never be told of, because too many waited or the disk was full
 * @param oldest when that happened which has waited the longest
 */
public record WebhookStatus(
        String endpoint, long queued, long sent, long failed, long dropped, Optional<Instant> oldest) {}
