package dev.berth.registry.auth.token;

import static dev.berth.registry.auth.token.TokenRegistry.field;
import static dev.berth.registry.auth.token.TokenRegistry.find;
import static dev.berth.registry.auth.token.TokenRegistry.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.testkit.http.RegistryClient.Answer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TokenServiceTest {

    private final TokenRegistry registry = new TokenRegistry(SigningKey.generate());

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void whoeverComesWithoutATokenIsToldWhereToGetOne() {
        Answer base = registry.client.send("GET", "/v2/");
        Answer pull = registry.client.send("GET", "/v2/team/app/tags/list");
        Answer mount = registry.client.send(
                "POST", "/v2/team/app/blobs/uploads/?mount=sha256:" + "0".repeat(64) + "&from=team/base");

        String realm = "Bearer realm=\"" + registry.server.uri() + "token\",service=\"registry.test\"";
        assertThat(base.status()).isEqualTo(401);
        assertThat(base.header("WWW-Authenticate")).isEqualTo(realm);
        assertThat(pull.header("WWW-Authenticate")).isEqualTo(realm + ",scope=\"repository:team/app:pull\"");
        assertThat(mount.header("WWW-Authenticate"))
                .isEqualTo(realm + ",scope=\"repository:team/app:pull,push repository:team/base:pull\"");
    }

    @Test
    void whoeverSendsNoTokenIsNotToldThatItIsBad() {
        for (String credential :
                new String[] {TokenRegistry.basic("alice", "secret"), "Bearer", "Bearer ", "token x"}) {
            Answer answer = registry.client.send("GET", "/v2/", "Authorization", credential);

            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.header("WWW-Authenticate"))
                    .isEqualTo("Bearer realm=\"" + registry.server.uri() + "token\",service=\"registry.test\"");
        }
        assertThat(registry.get("/v2/", "x").header("WWW-Authenticate")).endsWith(",error=\"invalid_token\"");
    }

    @Test
    void aTokenOpensWhatIsInIt() {
        String token = registry.token("alice", "secret", "repository:team/app:pull,push");

        assertThat(registry.get("/v2/", token).status()).isEqualTo(200);
        assertThat(registry.get("/v2/team/app/tags/list", token).status()).isEqualTo(404);
        Answer other = registry.get("/v2/team/other/tags/list", token);
        assertThat(other.status()).isEqualTo(401);
        assertThat(other.header("WWW-Authenticate"))
                .endsWith("scope=\"repository:team/other:pull\",error=\"insufficient_scope\"");
        assertThat(registry.client
                        .send("DELETE", "/v2/team/app/manifests/latest", "Authorization", "Bearer " + token)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void onlyWhatThePolicyAllowsIsGranted() {
        Answer answer = registry.login(
                "alice",
                "secret",
                "repository:team/app:pull,push,delete",
                "repository:other/app:pull",
                "repository:public/app:pull,push",
                "registry:catalog:*",
                "nonsense",
                "repository:UPPER:pull");

        assertThat(field(answer, "scope"))
                .isEqualTo("repository:team/app:pull,push repository:public/app:pull registry:catalog:*");
    }

    @Test
    void severalScopesMayStandInOneParameter() {
        Answer answer = registry.login("root", "toor", "repository:a:pull+repository:b:*%20repository:c:push");

        assertThat(field(answer, "scope"))
                .isEqualTo("repository:a:pull repository:b:pull,push,delete repository:c:push");
    }

    @Test
    void theClassOfARepositoryMakesNoDifference() {
        Answer answer = registry.login(
                "alice", "secret", "repository(plugin):team/app:pull", "repository(:team/b:pull", "(x):team/b:pull");

        assertThat(field(answer, "scope")).isEqualTo("repository:team/app:pull");
    }

    @Test
    void whatDoesNotFitIntoATokenIsRefused() {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 90; i++) {
            many.append("repository:team/").append("a".repeat(200)).append(i).append(":pull+");
        }

        Answer answer =
                registry.post("grant_type=password&username=alice&password=secret&service=registry.test&scope=" + many);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("ask for fewer scopes");
    }

    @Test
    void asManyScopesAsClientsAskForFitIntoAToken() {
        String[] scopes = new String[20];
        for (int i = 0; i < scopes.length; i++) {
            scopes[i] = "repository:team/app/with/a/name/of/some/length/number-" + i + ":pull,push";
        }

        String token = registry.token("alice", "secret", scopes);

        for (int i = 0; i < scopes.length; i++) {
            assertThat(registry.get("/v2/team/app/with/a/name/of/some/length/number-" + i + "/tags/list", token)
                            .status())
                    .isEqualTo(404);
        }
    }

    @Test
    void whatIsAskedForIsNoSecretButHowIs() {
        String form = "grant_type=refresh_token&refresh_token=eyJsecret&scope=repository:team/app:pull";

        assertThat(TokenRequest.ofForm(form, "127.0.0.1").toString()).isEqualTo("a token for repository:team/app:pull");
        assertThat(TokenRequest.ofForm("grant_type=password&username=alice&password=eyJsecret", "127.0.0.1")
                        .toString())
                .doesNotContain("eyJ");
    }

    @Test
    void anAnswerHasTheFieldsThatClientsLookFor() {
        Answer answer = registry.login("alice", "secret");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(field(answer, "token")).isEqualTo(field(answer, "access_token"));
        assertThat(field(answer, "issued_at")).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(answer.text()).contains("\"expires_in\":120");
        assertThat(find(answer, "refresh_token")).isEmpty();
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void whoeverMayDoSomethingAnonymouslyGetsATokenForIt() {
        Answer answer =
                registry.client.send("GET", path("repository:public/app:pull,push", "repository:team/app:pull"));

        assertThat(field(answer, "scope")).isEqualTo("repository:public/app:pull");
        String token = field(answer, "token");
        assertThat(registry.get("/v2/public/app/tags/list", token).status()).isEqualTo(404);
        assertThat(registry.get("/v2/team/app/tags/list", token).status()).isEqualTo(401);
    }

    @Test
    void aWrongPasswordIsRefused() {
        for (Answer answer : new Answer[] {
            registry.login("alice", "wrong"),
            registry.login("nobody", "secret"),
            registry.client.send("GET", path(), "Authorization", "Basic !!!"),
            registry.client.send("GET", path(), "Authorization", "Bearer x"),
            registry.post("grant_type=password&username=alice&password=wrong&service=registry.test"),
            registry.post("grant_type=password&username=alice&service=registry.test"),
        }) {
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.text()).contains("UNAUTHORIZED").contains("wrong user name or password");
            assertThat(answer.header("WWW-Authenticate")).isEqualTo("Basic realm=\"registry.test\"");
        }
    }

    @Test
    void aPasswordMayComeInAForm() {
        Answer answer = registry.post(
                "grant_type=password&username=alice&password=secret&service=registry.test"
                        + "&client_id=test&access_type=offline&scope=repository%3Ateam%2Fapp%3Apull+repository%3Ateam%2Fb%3Apull");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(field(answer, "scope")).isEqualTo("repository:team/app:pull repository:team/b:pull");
        assertThat(find(answer, "refresh_token")).isPresent();
    }

    @Test
    void aRefreshTokenGetsFurtherTokens() {
        Answer login = registry.client.send(
                "GET", path() + "&offline_token=true", "Authorization", TokenRegistry.basic("alice", "secret"));
        String refresh = field(login, "refresh_token");
        registry.clock.advance(Duration.ofDays(7));

        Answer answer = registry.post(
                "grant_type=refresh_token&service=registry.test&scope=repository:team/app:pull&refresh_token="
                        + refresh);

        assertThat(field(answer, "scope")).isEqualTo("repository:team/app:pull");
        assertThat(registry.get("/v2/team/app/tags/list", field(answer, "access_token"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void aRefreshTokenIsGoodAsLongAsThePasswordIs() {
        String refresh = field(
                registry.post(
                        "grant_type=password&username=alice&password=secret&service=registry.test&access_type=offline"),
                "refresh_token");
        String form = "grant_type=refresh_token&service=registry.test&refresh_token=" + refresh;
        assertThat(registry.post(form).status()).isEqualTo(200);

        registry.setPasswords(Map.of("alice", "another"));
        assertThat(registry.post(form).status()).isEqualTo(401);
        registry.setPasswords(Map.of());
        assertThat(registry.post(form).status()).isEqualTo(401);
    }

    @Test
    void aRefreshTokenRunsOut() {
        String refresh = field(
                registry.post(
                        "grant_type=password&username=alice&password=secret&service=registry.test&access_type=offline"),
                "refresh_token");
        registry.clock.advance(Duration.ofDays(31));

        Answer answer = registry.post("grant_type=refresh_token&service=registry.test&refresh_token=" + refresh);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text()).contains("has expired");
    }

    @Test
    void aTokenIsNoRefreshTokenAndTheOtherWayRound() {
        Answer login = registry.post(
                "grant_type=password&username=alice&password=secret&service=registry.test&access_type=offline");

        assertThat(registry.get("/v2/", field(login, "refresh_token")).status()).isEqualTo(401);
        assertThat(registry.post("grant_type=refresh_token&refresh_token=" + field(login, "token"))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void whatIsMalformedIsNamed() {
        assertThat(registry.post("grant_type=magic").text()).contains("grant_type is password or refresh_token");
        assertThat(registry.post("").status()).isEqualTo(400);
        assertThat(registry.post("grant_type=%zz").status()).isEqualTo(400);
        assertThat(registry.client.send("GET", "/token?service=another").text())
                .contains("for the service registry.test");
        assertThat(registry.post("grant_type=password&x=" + "y".repeat(100_000)).status())
                .isEqualTo(400);
        Answer put = registry.client.send("PUT", "/token");
        assertThat(put.status()).isEqualTo(405);
        assertThat(put.header("Allow")).isEqualTo("GET, POST");
        assertThat(registry.client.send("POST", "/token/keys").status()).isEqualTo(405);
        assertThat(registry.client.send("GET", "/tokens").status()).isEqualTo(404);
    }

    @Test
    void aTokenRunsOutWithinTheDifferenceOfClocks() {
        String token = registry.token("alice", "secret", "repository:team/app:pull");

        registry.clock.advance(Duration.ofSeconds(125));
        assertThat(registry.get("/v2/", token).status()).isEqualTo(200);
        registry.clock.advance(Duration.ofSeconds(6));
        Answer late = registry.get("/v2/", token);

        assertThat(late.status()).isEqualTo(401);
        assertThat(late.header("WWW-Authenticate")).endsWith("error=\"invalid_token\"");
        assertThat(late.text()).contains("the token has expired");
    }

    @Test
    void aFormerKeysTokensAreGoodUntilTheyAreForgotten() {
        String before = registry.token("alice", "secret");

        registry.keys.rotate(SigningKey.generate());
        String after = registry.token("alice", "secret");

        assertThat(registry.get("/v2/", before).status()).isEqualTo(200);
        assertThat(registry.get("/v2/", after).status()).isEqualTo(200);
        assertThat(registry.keys.publicKeySet()).contains("\"keys\":[").doesNotContain("\"d\":");

        registry.keys.forgetFormer();
        assertThat(registry.get("/v2/", before).status()).isEqualTo(401);
        assertThat(registry.get("/v2/", after).status()).isEqualTo(200);
    }

    @Test
    void theCatalogueShowsWhatThePolicyLetsThemSee() {
        String root = registry.token("root", "toor", "repository:team/app:pull,push", "repository:other/app:pull,push");
        for (String name : new String[] {"team/app", "other/app"}) {
            assertThat(registry.client
                            .send(
                                    "PUT",
                                    "/v2/" + name + "/manifests/latest",
                                    "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":[]}"
                                            .getBytes(java.nio.charset.StandardCharsets.UTF_8),
                                    "Content-Type",
                                    "application/vnd.oci.image.index.v1+json",
                                    "Authorization",
                                    "Bearer " + root)
                            .status())
                    .isEqualTo(201);
        }

        assertThat(registry.get("/v2/_catalog", registry.token("root", "toor", "registry:catalog:*"))
                        .text())
                .contains("team/app", "other/app");
        assertThat(registry.get("/v2/_catalog", registry.token("alice", "secret", "registry:catalog:*"))
                        .text())
                .contains("team/app")
                .doesNotContain("other/app");
        assertThat(registry.get("/v2/_catalog", registry.token("alice", "secret"))
                        .status())
                .isEqualTo(401);
    }
}
