package dev.berth.registry.testkit.storage;

import static dev.berth.registry.testkit.storage.Samples.bytes;
import static dev.berth.registry.testkit.storage.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a {@link dev.berth.registry.storage.MetadataStore} does with one key at a time. */
public abstract class MetadataStoreContract extends StorageContract {

    private static final String KEY = "repositories/team/app/_manifests/tags/v1/current/link";

    /** For subclasses. */
    protected MetadataStoreContract() {}

    @Test
    void aFactIsReadAsItWasWritten() throws IOException {
        metadata().put(KEY, text("sha256:abc"));

        assertThat(metadata().get(KEY)).contains(text("sha256:abc"));
        assertThat(metadata().contains(KEY)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 71, 4096, 10_000})
    void aValueIsAnyBytes(int size) throws IOException {
        metadata().put(KEY, bytes(size));

        assertThat(metadata().get(KEY)).contains(bytes(size));
    }

    @Test
    void aFactIsOverwritten() throws IOException {
        metadata().put(KEY, text("a long value that was there before"));

        metadata().put(KEY, text("short"));

        assertThat(metadata().get(KEY)).contains(text("short"));
    }

    @Test
    void aKeyWithoutAValueIsAbsent() throws IOException {
        assertThat(metadata().get(KEY)).isEmpty();
        assertThat(metadata().contains(KEY)).isFalse();
        assertThat(metadata().delete(KEY)).isFalse();
        assertThat(metadata().replace(KEY, text(""), text("new"))).isFalse();
        assertThat(metadata().get(KEY)).isEmpty();
    }

    @Test
    void whatIsAboveOrBelowAFactIsAbsent() throws IOException {
        metadata().put("a/b/c", text("value"));

        for (String key : List.of("a", "a/b", "a/b/c/d", "a/b/c/d/e")) {
            assertThat(metadata().get(key)).as(key).isEmpty();
            assertThat(metadata().contains(key)).as(key).isFalse();
            assertThat(metadata().delete(key)).as(key).isFalse();
            assertThat(metadata().replace(key, text("value"), text("new")))
                    .as(key)
                    .isFalse();
        }
        assertThat(metadata().get("a/b/c")).contains(text("value"));
    }

    @Test
    void createDoesNotOverwrite() throws IOException {
        assertThat(metadata().create(KEY, text("first"))).isTrue();
        assertThat(metadata().create(KEY, text("second"))).isFalse();

        assertThat(metadata().get(KEY)).contains(text("first"));
    }

    @Test
    void createDoesNotOverwriteWhatWasPut() throws IOException {
        metadata().put(KEY, text("first"));

        assertThat(metadata().create(KEY, text("second"))).isFalse();

        assertThat(metadata().get(KEY)).contains(text("first"));
    }

    @Test
    void aDeletedKeyCanBeCreatedAgain() throws IOException {
        metadata().create(KEY, text("first"));
        metadata().delete(KEY);

        assertThat(metadata().create(KEY, text("second"))).isTrue();

        assertThat(metadata().get(KEY)).contains(text("second"));
    }

    @Test
    void replaceTakesTheExpectedValueOnly() throws IOException {
        metadata().put(KEY, text("one"));

        assertThat(metadata().replace(KEY, text("two"), text("three"))).isFalse();
        assertThat(metadata().get(KEY)).contains(text("one"));

        assertThat(metadata().replace(KEY, text("one"), text("two"))).isTrue();
        assertThat(metadata().get(KEY)).contains(text("two"));
    }

    @Test
    void deleteTakesOneKeyOnly() throws IOException {
        metadata().put("a/b/c", text("1"));
        metadata().put("a/b/d", text("2"));
        metadata().put("a/b-c", text("3"));

        assertThat(metadata().delete("a/b/c")).isTrue();

        assertThat(metadata().delete("a/b/c")).isFalse();
        assertThat(metadata().get("a/b/c")).isEmpty();
        assertThat(metadata().get("a/b/d")).contains(text("2"));
        assertThat(metadata().get("a/b-c")).contains(text("3"));
    }

    @Test
    void anArrayIsTheCallersAgain() throws IOException {
        byte[] given = text("value");
        metadata().put(KEY, given);
        given[0] = 'X';
        byte[] taken = metadata().get(KEY).orElseThrow();
        taken[1] = 'X';

        assertThat(metadata().get(KEY)).contains(text("value"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "A",
                "with space",
                "...",
                ".hidden",
                "-",
                "_",
                "~",
                "a:b",
                "{a,b}",
                "%2e%2e",
                "*?",
                "#",
                "a'\"b",
                "tmp",
                "link.tmp"
            })
    void aSegmentIsAnyPrintableAscii(String segment) throws IOException {
        String key = "odd/" + segment + "/link";

        metadata().put(key, text(segment));

        assertThat(metadata().get(key)).contains(text(segment));
        assertThat(metadata().children("odd", Optional.empty(), 10)).containsExactly(segment);
    }

    @Test
    void aSegmentCanBeLong() throws IOException {
        String key = "long/" + "x".repeat(200) + "/link";

        metadata().put(key, text("value"));

        assertThat(metadata().get(key)).contains(text("value"));
    }

    static List<String> notKeys() {
        return List.of(
                "",
                "/",
                "/a",
                "a/",
                "a//b",
                ".",
                "..",
                "a/.",
                "a/..",
                "a/../b",
                "../a",
                "./a",
                "a\\b",
                "..\\a",
                "a\nb",
                "a\0b",
                "a\u007fb",
                "\u00e4",
                "a/\u2028");
    }

    @ParameterizedTest
    @MethodSource("notKeys")
    void whatIsNoKeyIsRefused(String key) {
        byte[] value = text("value");

        assertThatIllegalArgumentException().isThrownBy(() -> metadata().get(key));
        assertThatIllegalArgumentException().isThrownBy(() -> metadata().contains(key));
        assertThatIllegalArgumentException().isThrownBy(() -> metadata().put(key, value));
        assertThatIllegalArgumentException().isThrownBy(() -> metadata().create(key, value));
        assertThatIllegalArgumentException().isThrownBy(() -> metadata().replace(key, value, value));
        assertThatIllegalArgumentException().isThrownBy(() -> metadata().delete(key));
        if (!key.isEmpty()) {
            assertThatIllegalArgumentException().isThrownBy(() -> metadata().children(key, Optional.empty(), 10));
        }
    }

    @Test
    void whatIsDiscardedIsGone() throws IOException {
        metadata().put("a/b/c/link", text("value"));

        assertThat(metadata().discard("a/b/c/link")).isTrue();
        assertThat(metadata().discard("a/b/c/link")).isFalse();
        assertThat(metadata().get("a/b/c/link")).isEmpty();
        assertThat(metadata().children("a", Optional.empty(), 10)).isEmpty();
    }

    @Test
    void factsSurviveClosing() throws IOException {
        metadata().put("a/put", text("1"));
        metadata().create("a/created", text("2"));
        metadata().put("a/replaced", text("x"));
        metadata().replace("a/replaced", text("x"), text("3"));
        metadata().put("a/deleted", text("x"));
        metadata().delete("a/deleted");

        reopen();

        assertThat(metadata().get("a/put")).contains(text("1"));
        assertThat(metadata().get("a/created")).contains(text("2"));
        assertThat(metadata().get("a/replaced")).contains(text("3"));
        assertThat(metadata().get("a/deleted")).isEmpty();
    }
}
