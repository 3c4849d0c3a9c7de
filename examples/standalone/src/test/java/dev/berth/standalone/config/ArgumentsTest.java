package dev.berth.standalone.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {

    private final Help help = new Help("Berth 1", Map.of("collect", "Remove garbage."));

    static Stream<String> plainLines() {
        return Stream.of(
                "",
                "--port 5001",
                "--port 0 --host 0.0.0.0 --data /srv/registry --log-level warn",
                "--memory --no-delete --fast --allow-missing-references",
                "--delete",
                "config.yml",
                "serve",
                "serve /etc/docker/registry/config.yml",
                "serve config.yml --port 1",
                "--data d config.yml --fast");
    }

    @ParameterizedTest
    @MethodSource("plainLines")
    void plainArgumentsAreReadWithoutPicocliAsPicocliReadsThem(String line) {
        String[] arguments = words(line);

        assertThat(Arguments.plain(arguments)).contains(help.read(arguments));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "--version",
                "--port=5001",
                "--port",
                "--port --memory",
                "--prot 1",
                "-p",
                "@file",
                "--port 1 --port 2"
            })
    void whatIsNotPlainIsLeftToPicocli(String line) {
        assertThat(Arguments.plain(words(line))).isEmpty();
    }

    @Test
    void picocliReadsOptionsWithAnEqualsSign() {
        Arguments arguments = help.read("--port=5001", "--data=/srv", "serve", "config.yml");

        assertThat(arguments.options()).containsEntry(Option.PORT, "5001").containsEntry(Option.DATA, "/srv");
        assertThat(arguments.configurationFile()).contains("config.yml");
    }

    @Test
    void helpNamesEveryOption() {
        Optional<String> text = help.text("--help");

        assertThat(text).isPresent();
        for (Option option : Option.values()) {
            assertThat(text.get()).contains(option.flag());
        }
        assertThat(text.get()).contains("  collect  Remove garbage.");
        assertThat(help.text("--version")).contains("Berth 1" + System.lineSeparator());
        assertThat(help.text("--port=1")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "--prot 1, Unknown option: '--prot'",
        "--log-levl info, did you mean --log-format or --log-level?",
        "--webhok x, did you mean --webhook?",
        "--port, --port",
        "--port 1 --port=2, --port",
        "--memory=maybe, --memory",
        "a b, one configuration file",
        "a b --fast c, not a and b and c",
        "serve a b, one configuration file",
        "--memory --data x, --data and --memory contradict",
        "--delete --no-delete, --delete and --no-delete contradict"
    })
    void whatMakesNoSenseIsNamed(String line, String named) {
        assertThatThrownBy(() -> Arguments.plain(words(line)).orElseGet(() -> help.read(words(line))))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(named);
    }

    private static String[] words(String line) {
        return line.isEmpty() ? new String[0] : line.split(" ");
    }
}
