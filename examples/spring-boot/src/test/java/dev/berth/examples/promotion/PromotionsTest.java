package dev.berth.examples.promotion;

import static dev.berth.registry.junit5.assertj.RegistryAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Registry;
import dev.berth.registry.image.Image;
import dev.berth.registry.image.remote.RemoteRegistry;
import dev.berth.registry.jetty.RegistryJettyHandler;
import dev.berth.registry.jetty.RegistryServer;
import dev.berth.registry.junit5.RegistryExtension;
import jakarta.servlet.ServletContext;
import java.util.Map;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.util.Jetty;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.client.RestClient;

/** The application runs with its Jetty, and in the same JVM runs the registry that it talks to. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class PromotionsTest {

    @RegistryExtension
    private static RegistryServer registry;

    /** The registry has started when Spring makes the application, and serves all tests of this class. */
    @DynamicPropertySource
    static void whereTheRegistryIs(DynamicPropertyRegistry properties) {
        properties.add("registry.uri", registry::uri);
    }

    @Test
    void aPromotedImageIsTheOneThatWasTested(@Value("${local.server.port}") int port) throws Exception {
        Registry elsewhere = RemoteRegistry.at(registry.uri());
        Image tested = Image.builder()
                .file("/app/greeting", "hello")
                .label("team", "demo")
                .build()
                .pushTo(elsewhere, "team/app", "1.0-rc1");

        Map<?, ?> promoted = RestClient.create("http://localhost:" + port)
                .post()
                .uri("/promotions")
                .contentType(MediaType.APPLICATION_JSON)
                .body(Map.of("namespace", "team", "name", "app", "from", "1.0-rc1", "to", "1.0"))
                .retrieve()
                .body(Map.class);

        assertThat(promoted).isEqualTo(Map.of("digest", tested.digest().toString()));
        assertThat(registry).repository("team/app").hasTag("1.0").pointingTo(tested);
        assertThat(Image.pull(elsewhere, "team/app", "1.0"))
                .hasLabel("team", "demo")
                .containsFile("/app/greeting", "hello");
    }

    @Test
    void theRegistryHasAJettyOfItsOwn(@Autowired ServletContext application) {
        assertThat(application.getServerInfo()).isEqualTo("jetty/" + Jetty.VERSION);
        assertThat(Handler.class.isAssignableFrom(RegistryJettyHandler.class)).isFalse();
        System.out.printf(
                "The application's Jetty is %s, the registry's %s%n",
                Jetty.VERSION, dev.berth.shaded.org.eclipse.jetty.util.Jetty.VERSION);
    }
}
