package dev.berth.standalone.command;

import dev.berth.registry.engine.Damage;
import dev.berth.registry.engine.StoredRegistry;
import dev.berth.registry.engine.VerificationListener;
import dev.berth.registry.engine.VerificationOptions;
import dev.berth.registry.engine.VerificationProgress;
import dev.berth.registry.engine.VerificationReport;
import dev.berth.registry.storage.Storage;
import dev.berth.standalone.config.UsageException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Looks whether all that a directory keeps is whole. */
@Command(
        name = "verify",
        header = "Look whether all that is kept is as it was pushed.",
        description =
                "Reads the bytes of every blob and manifest and compares their digests, and follows every tag and manifest to"
                        + " what they need. A server may go on with its work meanwhile.",
        footer = {"", "It ends with 0, with 1 if something is damaged, and with 2 if it was called wrongly."},
        sortOptions = false)
final class Verify implements Callable<Integer> {

    private static final long MEGABYTE = 1_000_000;

    private final Map<String, String> environment;
    private final Console console;

    @Option(
            names = "--quarantine",
            description =
                    "move damaged blobs to docker/registry/_quarantine, so that pushing them again heals; the directory must"
                            + " not be served meanwhile")
    private boolean quarantine;

    @Option(names = "--sparse-indexes", description = "an index may name manifests that are not there")
    private boolean sparseIndexes;

    @Option(
            names = "--rate",
            paramLabel = "MB",
            description = "read as many megabytes in a second at most, so that others get at the disk too")
    private Optional<Long> rate = Optional.empty();

    @Option(
            names = {"-q", "--quiet"},
            description = "say only what is damaged, and what it comes to")
    private boolean quiet;

    @Mixin
    private StorageArguments storage = new StorageArguments();

    Verify(Map<String, String> environment, Console console) {
        this.environment = environment;
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        VerificationOptions options = options();
        try (Storage files = storage.open(environment, !quarantine)) {
            VerificationReport report = verify(new StoredRegistry(files), options);
            console.out().println(summary(report));
            return report.clean() ? 0 : 1;
        }
    }

    private VerificationOptions options() {
        VerificationOptions options = VerificationOptions.defaults();
        options = quarantine ? options.withQuarantine() : options;
        options = sparseIndexes ? options.withSparseIndexes() : options;
        if (rate.isEmpty()) {
            return options;
        }
        if (rate.get() < 1 || rate.get() > Long.MAX_VALUE / MEGABYTE) {
            throw new UsageException("--rate has to be at least 1 megabyte in a second, not " + rate.get());
        }
        return options.withBytesPerSecond(rate.get() * MEGABYTE);
    }

    private VerificationReport verify(StoredRegistry registry, VerificationOptions options) throws IOException {
        ProgressLine line = new ProgressLine(console);
        VerificationListener listener = new VerificationListener() {
            @Override
            public void progress(VerificationProgress progress) {
                if (!quiet) {
                    show(progress, line);
                }
            }

            @Override
            public void damaged(Damage damage) {
                line.println(damage.message());
            }
        };
        try {
            return registry.verifier(options).verify(listener, () -> false);
        } finally {
            line.clear();
        }
    }

    private static void show(VerificationProgress progress, ProgressLine line) {
        String damages = "; damages: " + progress.damages();
        switch (progress.phase()) {
            case COUNTING ->
                line.show(
                        "counting",
                        OptionalDouble.empty(),
                        Amounts.of(progress.allBlobs(), "blob", "blobs") + ", "
                                + Amounts.shortBytes(progress.allBytes()));
            case BLOBS ->
                line.show(
                        "reading blobs",
                        fraction(progress.bytes(), progress.allBytes()),
                        progress.blobs() + " of " + progress.allBlobs() + ", " + Amounts.shortBytes(progress.bytes())
                                + " of " + Amounts.shortBytes(progress.allBytes()) + damages);
            case REPOSITORIES ->
                line.show(
                        "following tags and manifests",
                        fraction(progress.repositories(), progress.allRepositories()),
                        progress.repositories() + " of "
                                + Amounts.of(progress.allRepositories(), "repository", "repositories") + damages);
            case DONE -> line.clear();
        }
    }

    private static OptionalDouble fraction(long done, long all) {
        return OptionalDouble.of(all == 0 ? 1 : Math.min(1, (double) done / all));
    }

    private static String summary(VerificationReport report) {
        return "verified " + Amounts.of(report.blobs(), "blob", "blobs") + " of " + Amounts.bytes(report.bytes())
                + ", " + Amounts.of(report.repositories(), "repository", "repositories") + ", "
                + Amounts.of(report.manifests(), "manifest", "manifests") + " and "
                + Amounts.of(report.tags(), "tag", "tags") + ": "
                + (report.clean() ? "all is whole" : Amounts.of(report.damages(), "damage", "damages"));
    }
}
