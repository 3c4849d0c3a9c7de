package dev.berth.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The hand-written grammars against the specification's own regular expressions. */
class NamesTest {

    private static final Pattern SPEC_NAME =
            Pattern.compile("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*");
    private static final Pattern SPEC_TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");

    @Test
    void namesAreThoseOfTheSpecification() {
        agree(SPEC_NAME, "a0._-/A", text -> new RepositoryName(text).value());
    }

    @Test
    void tagsAreThoseOfTheSpecification() {
        agree(SPEC_TAG, "aZ0._-/:", text -> new Tag(text).value());
    }

    /** Every short text over a small alphabet, and a hundred thousand longer ones. */
    private static void agree(Pattern specification, String alphabet, Function<String, String> parse) {
        Random random = new Random(17);
        for (int i = 0; i < 200_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(9); length > 0; length--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            boolean expected = specification.matcher(text).matches();
            boolean actual = accepts(parse, text.toString());
            assertThat(actual).as("%s is accepted", text).isEqualTo(expected);
        }
    }

    private static boolean accepts(Function<String, String> parse, String text) {
        try {
            assertThat(parse.apply(text)).isEqualTo(text);
            return true;
        } catch (RegistryException e) {
            return false;
        }
    }

    @Test
    void aNameHasAtMost255Characters() {
        assertThat(new RepositoryName("a".repeat(255)).value()).hasSize(255);
        assertThatThrownBy(() -> new RepositoryName("a".repeat(256)))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("NAME_INVALID")
                .hasMessageContaining("256");
    }

    @Test
    void aTagHasAtMost128Characters() {
        assertThat(new Tag("a".repeat(128)).value()).hasSize(128);
        assertThatThrownBy(() -> new Tag("a".repeat(129))).hasMessageContaining("TAG_INVALID");
    }

    @Test
    void whatIsRefusedIsShownOnOneLineAndShort() {
        assertThatThrownBy(() -> new RepositoryName("a\r\nInjected: yes\u0000é"))
                .hasMessageContaining("a??Injected: yes??")
                .hasMessageNotContaining("\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                "sha512:cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce"
                        + "47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e"
            })
    void aDigestIsReadAndWrittenAlike(String text) {
        Digest digest = Digest.parse(text);

        assertThat(digest.toString()).isEqualTo(text);
        assertThat(digest.algorithm().digest(new byte[0])).isEqualTo(digest).hasSameHashCodeAs(digest);
        assertThat(digest).isNotEqualTo(digest.algorithm().digest(new byte[1])).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sha256",
                "sha256:",
                "sha256:E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855",
                "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b85",
                "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b8555",
                "sha512:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                "md5:d41d8cd98f00b204e9800998ecf8427e",
                "sha256:../../../../../../../../../../../../../../../../../etc/passwd0000000"
            })
    void whatIsNoDigestIsRefused(String text) {
        assertThatThrownBy(() -> Digest.parse(text)).hasMessageContaining("DIGEST_INVALID");
    }

    @Test
    void aReferenceIsATagOrADigest() {
        String digest = Digest.of(new byte[0]).toString();

        assertThat(Reference.parse("latest")).isEqualTo(new Tag("latest"));
        assertThat(Reference.parse(digest)).isEqualTo(Digest.parse(digest));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "a/b", "a.b", "a b", "%2e%2e"})
    void whatIsNoUploadIdIsUnknown(String text) {
        assertThatThrownBy(() -> new UploadId(text)).hasMessageContaining("BLOB_UPLOAD_UNKNOWN");
    }

    @Test
    void anUploadIdIsNotRepeated() {
        assertThat(UploadId.random()).isNotEqualTo(UploadId.random());
    }
}
