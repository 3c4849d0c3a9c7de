package dev.berth.registry.jetty;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JettyVersionTest {

    @Test
    void theJettyOfTheseTestsWillDo() {
        assertThatCode(JettyVersion::require).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"12.1.0", "12.1.14", "12.2.0.alpha1", "12.10.0", "13.0.0", "12.1.z-SNAPSHOT", "mine", ""})
    void newOnesAndStrangeOnesWillDo(String version) {
        assertThatCode(() -> JettyVersion.require(version)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"12.0.29", "11.0.26", "9.4.58.v20250814"})
    void anOldOneIsRefusedWithWhatToDo(String version) {
        assertThatThrownBy(() -> JettyVersion.require(version))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Jetty " + version)
                .hasMessageContaining("12.1")
                .hasMessageContaining("registry-junit5-shaded");
    }
}
