package dev.berth.standalone.config;

import dev.berth.registry.layer.ImmutableTags;
import dev.berth.standalone.config.Housekeeping.UploadPurging;
import dev.berth.standalone.rules.Limits;
import dev.berth.standalone.rules.Rules;
import dev.berth.standalone.rules.RulesFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How the registry is looked after, while that is being put together. */
final class HousekeepingDraft {

    private Rules rules = Rules.none();
    private Limits limits = Limits.none();
    private ImmutableTags immutableTags = new ImmutableTags(List.of());
    Optional<Path> readOnlyWhile = Optional.empty();

    private boolean purging = true;
    private boolean purgingDryRun;
    private Duration purgingAge = Duration.ofDays(7);
    private Duration purgingInterval = Duration.ofDays(1);

    void rules(Value file) {
        rules = RulesFile.read(file.file());
    }

    /** {@code blob=10GiB}, several with commas between. */
    void limits(Value list) {
        for (String limit : list.text().split(",", -1)) {
            String[] parts = limit.strip().split("=", -1);
            if (parts.length != 2) {
                throw list.wrong("limits, such as 'blob=10GiB,uploads=64'");
            }
            try {
                limits = limits.with(parts[0], parts[1]);
            } catch (IllegalArgumentException e) {
                throw new UsageException(list.name() + ": " + e.getMessage());
            }
        }
    }

    /** {@code team/**:semver}, several with commas between. */
    void immutableTags(Value patterns) {
        for (String pattern : patterns.text().split(",", -1)) {
            String[] parts = pattern.strip().split(":", -1);
            if (parts.length != 2) {
                throw patterns.wrong("repositories and tags, such as 'team/**:semver' or '**:release-*'");
            }
            try {
                immutableTags = immutableTags.andIn(parts[0], parts[1]);
            } catch (IllegalArgumentException e) {
                throw new UsageException(patterns.name() + ": " + e.getMessage());
            }
        }
    }

    /** As in Docker's registry, it is done unless {@code enabled} is {@code false}. */
    void purging(String name, Value value) {
        switch (name) {
            case "enabled" -> purging = value.isTrue();
            case "dryrun" -> purgingDryRun = value.isTrue();
            case "age" -> purgingAge = value.duration();
            default -> purgingInterval = Flags.longerThanZero(value);
        }
    }

    Housekeeping housekeeping() {
        List<ImmutableTags.Rule> all = new ArrayList<>(rules.immutableTags().rules());
        all.addAll(immutableTags.rules());
        return new Housekeeping(
                new Rules(
                        rules.retention(),
                        rules.retentionEvery(),
                        rules.quotas(),
                        rules.limits().plus(limits),
                        new ImmutableTags(all)),
                readOnlyWhile,
                purging
                        ? Optional.of(new UploadPurging(purgingInterval, purgingAge, purgingDryRun))
                        : Optional.empty());
    }
}
