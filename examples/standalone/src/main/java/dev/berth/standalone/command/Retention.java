package dev.berth.standalone.command;

import dev.berth.registry.engine.RegistryOptions;
import dev.berth.registry.engine.StoredRegistry;
import dev.berth.registry.engine.TagHistory;
import dev.berth.registry.event.Events;
import dev.berth.registry.event.Origin;
import dev.berth.registry.layer.ImmutableTags;
import dev.berth.registry.layer.ImmutableTagsRegistry;
import dev.berth.registry.layer.NotifyingRegistry;
import dev.berth.registry.retention.RetentionCount;
import dev.berth.registry.retention.RetentionDecision;
import dev.berth.registry.retention.RetentionPlan;
import dev.berth.registry.retention.RetentionPolicy;
import dev.berth.registry.retention.RetentionReport;
import dev.berth.registry.storage.Storage;
import dev.berth.standalone.config.UsageException;
import dev.berth.standalone.rules.Rules;
import dev.berth.standalone.rules.RulesFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Deletes what rules do not keep from a directory that nobody serves, or says what that would be. */
@Command(
        name = "retention",
        header = "Delete the tags and manifests that rules do not keep, or say which.",
        description =
                "Deletes tags that no rule keeps, and manifests that no tag has pointed to for long enough, and says why of each."
                        + " Their blobs go with the next garbage-collect. A server does the same while it serves: see its"
                        + " --rules. A dry run can be made beside a server.",
        footer = {"", "It ends with 0, with 1 if something could not be looked at, and with 2 if it was called wrongly."
        },
        sortOptions = false)
final class Retention implements Callable<Integer> {

    private final Map<String, String> environment;
    private final Console console;

    @Option(
            names = "--rules",
            paramLabel = "FILE",
            description = "the file that says under \"retention:\" what is kept; there has to be one")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = {"-d", "--dry-run"},
            description = "say what would be deleted and what kept, and why, and delete nothing")
    private boolean dryRun;

    @Option(
            names = {"-q", "--quiet"},
            description = "say only what it comes to")
    private boolean quiet;

    @Mixin
    private StorageArguments storage = new StorageArguments();

    Retention(Map<String, String> environment, Console console) {
        this.environment = environment;
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        try (Storage files = storage.open(environment, dryRun)) {
            Path named =
                    file.orElseThrow(() -> new UsageException("name the file that says what is kept with --rules"));
            Rules rules = RulesFile.read(named);
            RetentionPolicy policy = rules.retention()
                    .orElseThrow(
                            () -> new UsageException(named + " says nothing of what is kept: write \"retention:\""));
            StoredRegistry registry = new StoredRegistry(files, RegistryOptions.defaults());
            dev.berth.registry.engine.Retention retention =
                    registry.retention(policy).sparing(rules.immutableTags()::contains);
            return dryRun ? plan(retention) : carryOut(retention, registry, files, rules.immutableTags());
        }
    }

    private int plan(dev.berth.registry.engine.Retention retention) throws IOException {
        RetentionPlan plan = retention.plan();
        plan.decisions().forEach(decision -> print(decision, "would be deleted"));
        console.out().println(summary("would delete", plan.count()));
        return 0;
    }

    private int carryOut(
            dev.berth.registry.engine.Retention retention,
            StoredRegistry registry,
            Storage files,
            ImmutableTags immutable)
            throws IOException {
        try (Events events = new Events()) {
            events.subscribe(new TagHistory(files, 100));
            NotifyingRegistry told =
                    new NotifyingRegistry(new ImmutableTagsRegistry(registry, immutable), events, Clock.systemUTC());
            RetentionReport report = retention.run(
                    told.onBehalfOf(Origin.of("retention")), decision -> print(decision, "deleted"), () -> false);
            List<String> obstacles = report.obstacles();
            obstacles.forEach(obstacle -> console.err().println("berth: " + obstacle));
            console.out().println(summary("deleted", report.total()));
            return obstacles.isEmpty() ? 0 : 1;
        }
    }

    private void print(RetentionDecision decision, String deleted) {
        if (!quiet) {
            String line = decision.toString();
            console.out()
                    .println(
                            decision.keeps()
                                    ? line
                                    : line.replaceFirst(" deleted because", " " + deleted + " because"));
        }
    }

    private static String summary(String deleted, RetentionCount count) {
        return deleted + " " + Amounts.of(count.tagsDeleted(), "tag", "tags") + " and "
                + Amounts.of(count.manifestsDeleted(), "untagged manifest", "untagged manifests") + "; "
                + Amounts.of(count.tagsKept(), "tag", "tags") + " and "
                + Amounts.of(count.manifestsKept(), "untagged manifest", "untagged manifests") + " stay";
    }
}
