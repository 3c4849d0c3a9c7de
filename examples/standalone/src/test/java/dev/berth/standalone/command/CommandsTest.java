package dev.berth.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What all commands have in common. */
class CommandsTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource(CommandName.class)
    void eachIsFoundAndSaysWhatItIsFor(CommandName name) {
        assertThat(CommandName.of(name.toString())).contains(name);
        assertThat(new Commands("Berth 1", Map.of()).summaries().get(name.toString()))
                .endsWith(".");
        CommandRun run = CommandRun.of(name.toString(), "--help");
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("Usage: java -jar berth.jar " + name).contains("--data=DIR");
        assertThat(CommandRun.of(name.toString(), "--version").out().trim()).isEqualTo("Berth 1");
    }

    @Test
    void whatIsNoneIsNotFound() {
        assertThat(CommandName.of("serve")).isEmpty();
        assertThat(CommandName.of("")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(CommandName.class)
    void aDirectoryThatHoldsNoRegistryIsNamed(CommandName name) throws IOException {
        Path missing = directory.resolve("missing");
        assertMistake(name + ": there is no directory " + missing, name, "--data", missing.toString());
        assertThat(missing).doesNotExist();
        Path empty = Files.createDirectory(directory.resolve("empty"));
        assertMistake(name + ": " + empty + " holds no registry", name, "--data", empty.toString());
        assertThat(empty).isEmptyDirectory();
    }

    private static void assertMistake(String expected, CommandName name, String... arguments) {
        CommandRun run = CommandRun.of(concat(name, arguments));
        assertThat(run.status()).isEqualTo(2);
        assertThat(name + run.err().replace("berth", "")).startsWith(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "garbage-collect --dry-runs | Unknown option: '--dry-runs'",
                "garbage-collect --grace soon | 'soon' is no duration",
                "garbage-collect --data | --data",
                "garbage-collect a.yml b.yml | b.yml",
                "garbage-collect missing.yml | there is no configuration file",
            })
    void whatMakesNoSenseIsNamed(String line, String named) {
        CommandRun run = CommandRun.of(line.split(" "));

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).startsWith("berth: ").contains(named).doesNotContain("\tat ");
    }

    @Test
    void contentInMemoryIsOutOfReach() {
        Map<String, String> variables = Map.of("REGISTRY_STORAGE", "inmemory");

        assertThat(CommandRun.in(variables, false, "garbage-collect").err())
                .contains("memory")
                .contains("--data");
    }

    @Test
    void anotherStorageIsRefused() {
        Map<String, String> variables = Map.of("REGISTRY_STORAGE_S3_BUCKET", "b");

        CommandRun run = CommandRun.in(variables, false, "garbage-collect");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("not supported");
    }

    private static String[] concat(CommandName name, String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = name.toString();
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return all;
    }
}
