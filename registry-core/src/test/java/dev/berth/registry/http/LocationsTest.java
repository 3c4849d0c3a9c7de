package dev.berth.registry.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.http.HttpOptions.LocationStyle;
import dev.berth.registry.http.RegistryRequest.Connection;
import org.junit.jupiter.api.Test;

class LocationsTest {

    @Test
    void aPathIsRightBehindEveryProxy() {
        assertThat(location(LocationStyle.RELATIVE, "Host", "registry.example:5000"))
                .isEqualTo("/v2/");
    }

    @Test
    void anAbsoluteLocationIsWhatTheClientCalledTheRegistry() {
        assertThat(location(LocationStyle.ABSOLUTE, "Host", "registry.example:5000"))
                .isEqualTo("http://registry.example:5000/v2/");
        assertThat(location(LocationStyle.ABSOLUTE, "Host", "[::1]:5000")).isEqualTo("http://[::1]:5000/v2/");
    }

    @Test
    void aHostThatCanBeNoneIsNotBelieved() {
        for (String host : new String[] {"evil.example/path", "a b", "x\"y", "user@host", "", "a:b:c"}) {
            assertThat(location(LocationStyle.ABSOLUTE, "Host", host)).isEqualTo("http://127.0.0.1:1234/v2/");
        }
    }

    @Test
    void whatAProxySaysCountsOnlyWhereItIsTrusted() {
        String[] headers = {"Host", "inner:80", "X-Forwarded-Host", "outer.example", "X-Forwarded-Proto", "https"};

        assertThat(location(LocationStyle.ABSOLUTE, headers)).isEqualTo("http://inner:80/v2/");
        assertThat(location(LocationStyle.FORWARDED, headers)).isEqualTo("https://outer.example/v2/");
    }

    @Test
    void theStandardHeaderGoesFirst() {
        assertThat(location(
                        LocationStyle.FORWARDED,
                        "Forwarded",
                        "for=1.2.3.4;proto=https;host=\"outer.example:8443\", for=10.0.0.1;host=inner",
                        "X-Forwarded-Host",
                        "other"))
                .isEqualTo("https://outer.example:8443/v2/");
    }

    @Test
    void aForwardedPortIsAddedWhereItIsNotTheUsualOne() {
        assertThat(location(
                        LocationStyle.FORWARDED,
                        "X-Forwarded-Host",
                        "outer",
                        "X-Forwarded-Proto",
                        "https",
                        "X-Forwarded-Port",
                        "8443"))
                .isEqualTo("https://outer:8443/v2/");
        assertThat(location(
                        LocationStyle.FORWARDED,
                        "X-Forwarded-Host",
                        "outer",
                        "X-Forwarded-Proto",
                        "https",
                        "X-Forwarded-Port",
                        "443"))
                .isEqualTo("https://outer/v2/");
    }

    @Test
    void aProxysNonsenseIsNotBelieved() {
        assertThat(location(
                        LocationStyle.FORWARDED,
                        "Host",
                        "good",
                        "X-Forwarded-Host",
                        "bad/../host",
                        "X-Forwarded-Proto",
                        "javascript"))
                .isEqualTo("http://good/v2/");
    }

    private static String location(LocationStyle style, String... headers) {
        RegistryRequest request = RegistryRequest.of(
                "GET",
                "/v2/",
                Headers.of(headers),
                RequestBody.empty(),
                new Connection("127.0.0.1", false, "127.0.0.1:1234"));
        return new Locations(style).of(request, new Route.Base());
    }
}
