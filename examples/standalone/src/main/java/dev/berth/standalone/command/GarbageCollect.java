package dev.berth.standalone.command;

import dev.berth.registry.engine.CollectionListener;
import dev.berth.registry.engine.CollectionOptions;
import dev.berth.registry.engine.CollectionProgress;
import dev.berth.registry.engine.CollectionReport;
import dev.berth.registry.engine.CollectionReport.Share;
import dev.berth.registry.engine.Collector;
import dev.berth.registry.engine.Garbage;
import dev.berth.registry.engine.StoredRegistry;
import dev.berth.registry.storage.Storage;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Removes garbage from a directory that nobody serves. */
@Command(
        name = "garbage-collect",
        header = "Remove what nobody needs, while nobody serves it.",
        description =
                "Removes blobs that no manifest needs, upload sessions that nobody goes on with, and, if told to, manifests"
                        + " that no tag leads to. A server does the same while it serves: see its --collect-every.",
        footer = {"", "It ends with 0, with 1 if something could not be looked at, and with 2 if it was called wrongly."
        },
        sortOptions = false)
final class GarbageCollect implements Callable<Integer> {

    private final Map<String, String> environment;
    private final Console console;

    @Option(
            names = {"-d", "--dry-run"},
            description = "say what would go and how much it would free, and remove nothing")
    private boolean dryRun;

    @Option(
            names = {"-m", "--delete-untagged"},
            description = "also remove manifests that no tag leads to, nor an index or a referrer that stays")
    private boolean deleteUntagged;

    @Option(
            names = "--untagged-older-than",
            paramLabel = "DURATION",
            description = "the same, but only if they are as old as that, such as 168h")
    private Optional<Duration> untaggedAge = Optional.empty();

    @Option(
            names = "--grace",
            paramLabel = "DURATION",
            defaultValue = "0",
            description = "keep what came within this time, such as 24h; 0 unless told, since nobody pushes meanwhile")
    private Duration grace = Duration.ZERO;

    @Option(
            names = "--uploads-older-than",
            paramLabel = "DURATION",
            defaultValue = "168h",
            description = "remove upload sessions that rested for as long, 168h unless told")
    private Duration uploadAge = Duration.ZERO;

    @Option(
            names = {"-q", "--quiet"},
            description = "say only what it comes to")
    private boolean quiet;

    @Mixin
    private StorageArguments storage = new StorageArguments();

    GarbageCollect(Map<String, String> environment, Console console) {
        this.environment = environment;
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        try (Storage files = storage.open(environment, dryRun)) {
            CollectionReport report = collect(new StoredRegistry(files).collector(options()));
            report.obstacles().forEach(obstacle -> console.err().println("berth: " + obstacle));
            console.out().println(summary(report));
            return report.obstacles().isEmpty() ? 0 : 1;
        }
    }

    private CollectionOptions options() {
        CollectionOptions options =
                CollectionOptions.defaults().withGracePeriod(grace).withUploadAge(uploadAge);
        return untaggedAge
                .or(() -> deleteUntagged ? Optional.of(Duration.ZERO) : Optional.empty())
                .map(options::withUntaggedOlderThan)
                .orElse(options);
    }

    private CollectionReport collect(Collector collector) throws IOException {
        ProgressLine line = new ProgressLine(console);
        CollectionListener listener = new CollectionListener() {
            @Override
            public void progress(CollectionProgress progress) {
                if (!quiet) {
                    show(progress, line);
                }
            }

            @Override
            public void collected(Garbage garbage) {
                if (!quiet) {
                    line.println((dryRun ? "would remove " : "removed ") + describe(garbage) + ": " + garbage.reason());
                }
            }
        };
        try {
            return dryRun ? collector.dryRun(listener, () -> false) : collector.collect(listener, () -> false);
        } finally {
            line.clear();
        }
    }

    private static void show(CollectionProgress progress, ProgressLine line) {
        String part = switch (progress.phase()) {
            case REPOSITORIES -> "looking through repositories";
            case BLOBS -> "looking through blobs";
            case UPLOADS -> "looking through uploads";
            case DONE -> "done";
        };
        String details = Amounts.of(progress.repositories(), "repository", "repositories") + ", "
                + Amounts.of(progress.manifests(), "manifest", "manifests") + ", "
                + Amounts.of(progress.blobs(), "blob", "blobs") + "; garbage: " + progress.garbage() + ", "
                + Amounts.shortBytes(progress.bytes());
        line.show(part, OptionalDouble.empty(), details);
    }

    private static String describe(Garbage garbage) {
        if (garbage instanceof Garbage.UntaggedManifest manifest) {
            return "manifest " + manifest.repository() + "@" + manifest.digest();
        }
        if (garbage instanceof Garbage.BlobLink link) {
            return "link to blob " + link.repository() + "@" + link.digest();
        }
        if (garbage instanceof Garbage.AbandonedUpload upload) {
            return "upload " + upload.repository() + " " + upload.id() + " of " + Amounts.shortBytes(upload.bytes());
        }
        Garbage.UnusedBlob blob = (Garbage.UnusedBlob) garbage;
        return "blob " + blob.digest() + " of " + Amounts.shortBytes(blob.bytes());
    }

    private static String summary(CollectionReport report) {
        Share total = report.total();
        return (report.dryRun() ? "would remove " : "removed ")
                + Amounts.of(total.manifests(), "untagged manifest", "untagged manifests") + ", "
                + Amounts.of(total.links(), "link to a blob", "links to blobs") + ", "
                + Amounts.of(total.uploads(), "upload", "uploads") + " and "
                + Amounts.of(report.blobs(), "blob", "blobs")
                + (report.dryRun() ? ", which would free " : ", which freed ")
                + Amounts.bytes(report.bytes());
    }
}
