package dev.berth.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ErrorCodeTest {

    /** The table of the OCI Distribution Specification, "Error Codes", code-1 to code-14. */
    private static final List<String> SPECIFICATION = List.of(
            "BLOB_UNKNOWN",
            "BLOB_UPLOAD_INVALID",
            "BLOB_UPLOAD_UNKNOWN",
            "DIGEST_INVALID",
            "MANIFEST_BLOB_UNKNOWN",
            "MANIFEST_INVALID",
            "MANIFEST_UNKNOWN",
            "NAME_INVALID",
            "NAME_UNKNOWN",
            "SIZE_INVALID",
            "UNAUTHORIZED",
            "DENIED",
            "UNSUPPORTED",
            "TOOMANYREQUESTS");

    @Test
    void theSpecificationsCodesAreThere() {
        assertThat(Arrays.stream(ErrorCode.values()).map(Enum::name)).containsSubsequence(SPECIFICATION);
    }

    @Test
    void statusesAreOfErrors() {
        assertThat(ErrorCode.values()).allSatisfy(code -> {
            assertThat(code.status()).isBetween(400, 503);
            assertThat(code.message()).isNotBlank();
        });
    }

    @Test
    void aRefusalNeedsAReason() {
        assertThatThrownBy(() -> new RegistryException(400, List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
