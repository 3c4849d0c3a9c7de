package dev.berth.registry.auth.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.http.Caller;
import dev.berth.registry.http.auth.AccessPolicy;
import dev.berth.registry.http.auth.Action;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyFileTest {

    private static final String POLICY = """
            groups:
              dev: [alice, bob]
              one: alice

            rules:
              - who: user root
                may: all
                in: "**"
              - who: group dev
                may: [push, list]
                in: [team/**, tools/*]
              - who: any user
                mayNot: all
                in: secret/**
              - who: any user
                may: pull
                in: "**"
              - who: anyone
                may: pull
                in: public/**
            """;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "root,  secret/app, DELETE, true",
        "alice, team/app,   PUSH,   true",
        "alice, team/app,   PULL,   true",
        "alice, team/app,   DELETE, false",
        "alice, tools/x,    LIST,   true",
        "alice, tools/x/y,  PUSH,   false",
        "alice, secret/app, PULL,   false",
        "carol, team/app,   PULL,   true",
        "carol, team/app,   PUSH,   false",
        "'',    public/app, PULL,   true",
        "'',    public/app, PUSH,   false",
        "'',    team/app,   PULL,   false",
    })
    void theFirstRuleThatSpeaksOfItDecides(String user, String repository, Action action, boolean allowed)
            throws Exception {
        Path file = Files.writeString(directory.resolve("policy.yml"), POLICY);

        AccessPolicy policy = PolicyFile.read(file);

        Caller caller = user.isEmpty() ? Caller.anonymous() : Caller.named(user);
        assertThat(policy.allows(caller, new RepositoryName(repository), action))
                .isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'rules: ['                                                  | 1 | not YAML",
                "''                                                          | 1 | nothing in it",
                "'groups: {}'                                                | 1 | there are no rules",
                "'rule: []'                                                  | 1 | \"rule\" is not understood here",
                "'rules:\n  who: anyone'                                     | 2 | a list is expected",
                "'rules:\n- may: pull\n  in: a'                              | 2 | a rule says who",
                "'rules:\n- who: anyone\n  may: pull'                        | 2 | in which repositories",
                "'rules:\n- who: anyone\n  in: a'                            | 2 | either what they may",
                "'rules:\n- who: anyone\n  may: pull\n  mayNot: push\n  in: a' | 2 | either what they may",
                "'rules:\n- who: nobody\n  may: pull\n  in: a'               | 2 | \"nobody\" is nobody",
                "'rules:\n- who: group ops\n  may: pull\n  in: a'            | 2 | no group \"ops\"",
                "'rules:\n- who: anyone\n  may: [pull,\n    pusch]\n  in: a' | 4 | \"pusch\" is nothing that can be done",
                "'rules:\n- who: anyone\n  may: pull\n  in:\n  - team/app\n  - TEAM/**' | 6 | no pattern for repositories",
                "'rules:\n- who: anyone\n  may: pull\n  in: a\n  at: b'      | 5 | \"at\" is not understood here",
                "'rules:\n- who: anyone\n  who: any user\n  may: pull\n  in: a' | 3 | is there already",
            })
    void aMistakeIsNamedWithItsLine(String yaml, int line, String words) {
        assertThatThrownBy(() -> PolicyFile.parse(yaml, "policy.yml"))
                .isInstanceOf(PolicyFileException.class)
                .hasMessageStartingWith("policy.yml, line " + line + ": ")
                .hasMessageContaining(words);
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> PolicyFile.read(directory.resolve("no.yml")))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("no.yml");
    }
}
