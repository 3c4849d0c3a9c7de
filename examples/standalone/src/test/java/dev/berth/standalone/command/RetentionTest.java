package dev.berth.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Tag;
import dev.berth.registry.engine.StoredRegistry;
import dev.berth.registry.engine.TagHistory;
import dev.berth.registry.storage.Storage;
import dev.berth.registry.storage.file.FileStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tags and manifests that no rule keeps are deleted by one command. */
class RetentionTest {

    @TempDir
    private Path directory;

    private Path rules;

    @BeforeEach
    void fill() throws IOException {
        StoredSamples.fill(directory);
        rules = directory.resolve("rules.yml");
    }

    private CommandRun run(String policy, String... more) throws IOException {
        Files.writeString(rules, policy);
        List<String> arguments =
                new ArrayList<>(List.of("retention", "--data", directory.toString(), "--rules", rules.toString()));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray(new String[0]));
    }

    @Test
    void aDryRunSaysWhatWouldGoAndWhatNotAndWhy() throws IOException {
        CommandRun run =
                run("retention: {policies: [{in: '**', keep: [{all: 2.*}], deleteUntaggedAfter: 0}]}", "--dry-run");

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.out())
                .contains("team/app:1.0 would be deleted because it is not among what is kept (all of 2.*): pushed at")
                .contains("would be deleted because no tag points to it, and it was last tagged at")
                .contains("would delete 1 tag and 2 untagged manifests; 0 tags and 0 untagged manifests stay");
        assertThat(tags()).containsExactly("1.0");
    }

    @Test
    void whatNoRuleKeepsGoesAndTheHistoryTellsIt() throws IOException {
        CommandRun run = run("retention: {policies: [{in: 'team/**', keep: [{all: 2.*}]}]}", "--quiet");

        assertThat(run.out())
                .isEqualTo("deleted 1 tag and 0 untagged manifests; 0 tags and 0 untagged manifests stay"
                        + System.lineSeparator());
        assertThat(tags()).isEmpty();
        try (Storage storage = FileStorage.openForReading(directory)) {
            TagHistory.Entry last = new TagHistory(storage, 1)
                    .of(StoredSamples.REPOSITORY, new Tag("1.0"))
                    .get(0);
            assertThat(last.to()).isEmpty();
            assertThat(last.actor()).contains("retention");
        }
    }

    @Test
    void immutableTagsStay() throws IOException {
        CommandRun run = run("immutableTags: [{in: '**', tags: '1.*'}]\n"
                + "retention: {policies: [{in: '**', keep: [{all: 2.*}]}]}");

        assertThat(run.out()).contains("team/app:1.0 kept because it is immutable");
        assertThat(tags()).containsExactly("1.0");
    }

    @Test
    void aFileThatSaysNothingOfItIsRefused() throws IOException {
        CommandRun run = run("quotas: []");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("says nothing of what is kept");
        assertThat(CommandRun.of("retention", "--data", directory.toString()).status())
                .isEqualTo(2);
    }

    private List<String> tags() throws IOException {
        try (Storage storage = FileStorage.openForReading(directory)) {
            return new StoredRegistry(storage)
                    .tags(StoredSamples.REPOSITORY, Optional.empty(), 10).orElseThrow().items().stream()
                            .map(Tag::value)
                            .toList();
        }
    }
}
