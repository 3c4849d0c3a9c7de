package dev.berth.standalone;

import dev.berth.registry.event.webhook.WebhookEndpoint;
import dev.berth.registry.event.webhook.Webhooks;
import dev.berth.standalone.config.Configuration;
import dev.berth.standalone.config.Configuration.Notifications;
import dev.berth.standalone.config.UsageException;
import java.nio.file.Path;

/** Tells others what happens. Loaded only where there are such. */
final class Notifying {

    /** Beside what Docker's registry looks at, in the directory that it would use. */
    private static final Path QUEUES = Path.of("docker", "registry", "_notifications");

    private Notifying() {}

    static Webhooks.Builder webhooks(Notifications notifications, Configuration configuration) {
        Webhooks.Builder webhooks = Webhooks.builder();
        for (WebhookEndpoint endpoint : notifications.endpoints()) {
            try {
                webhooks.endpoint(endpoint);
            } catch (IllegalArgumentException e) {
                throw new UsageException("notifications.endpoints: " + e.getMessage());
            }
        }
        if (notifications.references()) {
            webhooks.includeReferences();
        }
        configuration.externalUrl().ifPresent(webhooks::registryUrl);
        configuration.directory().ifPresent(directory -> webhooks.directory(directory.resolve(QUEUES)));
        return webhooks;
    }
}
