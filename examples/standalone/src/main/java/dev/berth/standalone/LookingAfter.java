package dev.berth.standalone;

import dev.berth.registry.jetty.RegistryServer;
import dev.berth.registry.layer.ImmutableTags;
import dev.berth.registry.layer.ImmutableTagsRegistry;
import dev.berth.registry.quota.Quota;
import dev.berth.standalone.config.Configuration;
import dev.berth.standalone.config.Housekeeping;
import dev.berth.standalone.rules.Limit;
import dev.berth.standalone.rules.Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Adds to a server what keeps its content in order: quotas, immutable tags, retention, maintenance, the removal of uploads. */
final class LookingAfter {

    private LookingAfter() {}

    static void add(Configuration configuration, RegistryServer.Builder builder) {
        Housekeeping housekeeping = configuration.housekeeping();
        Rules rules = housekeeping.rules();
        List<Quota> quotas = new ArrayList<>(rules.quotas());
        rules.limits()
                .of(Limit.SESSIONS)
                .ifPresent(most -> quotas.add(Quota.of("**").uploads(most)));
        if (!quotas.isEmpty()) {
            builder.quota(quotas.toArray(new Quota[0]));
        }
        ImmutableTags immutable = rules.immutableTags();
        if (!immutable.rules().isEmpty()) {
            builder.layer(next -> new ImmutableTagsRegistry(next, immutable));
        }
        Optional<MaintenanceFile> maintenance = housekeeping.readOnlyWhile().map(MaintenanceFile::new);
        maintenance.ifPresent(file -> builder.layer(file::freezing));
        rules.retention()
                .ifPresent(policy -> builder.retain(
                        rules.retentionEvery(),
                        stored -> stored.retention(policy).sparing(immutable::contains)));
        housekeeping
                .uploadPurging()
                .ifPresent(purging -> builder.purgeUploads(purging.every(), purging.age(), purging.dryRun()));
        builder.pauseUpkeepWhile(() -> configuration.readOnly()
                || maintenance.filter(MaintenanceFile::isThere).isPresent());
    }
}
