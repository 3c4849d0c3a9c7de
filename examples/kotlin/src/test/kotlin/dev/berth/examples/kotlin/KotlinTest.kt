package dev.berth.examples.kotlin

import dev.berth.registry.Registry
import dev.berth.registry.RepositoryName
import dev.berth.registry.Tag
import dev.berth.registry.http.RequestMatch.blobGet
import dev.berth.registry.http.fault.Faults
import dev.berth.registry.http.journal.Journal
import dev.berth.registry.image.Image
import dev.berth.registry.image.remote.RemoteRegistry
import dev.berth.registry.jetty.RegistryServer
import dev.berth.registry.junit5.RegistryExtension
import dev.berth.registry.junit5.assertj.RegistryAssertions.assertThat
import java.io.IOException
import kotlin.jvm.optionals.getOrNull
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatThrownBy
import org.junit.jupiter.api.Test

@RegistryExtension(images = ["team/base:1.0"])
class KotlinTest {

    @Test
    fun `what was pushed is looked into`(server: RegistryServer) {
        val image = Image.builder()
            .file("/app/greeting", "hello")
            .label("team", "demo")
            .build()
            .pushTo(RemoteRegistry.at(server.uri()), "team/app", "1.0", "latest")

        assertThat(server).repository("team/app")
            .hasExactlyTags("1.0", "latest")
            .hasTag("latest").pointingTo(image)
            .image().hasLabel("team", "demo").containsFile("/app/greeting", "hello")
    }

    /** What may be missing is an Optional and never null, so that nothing has a type with an exclamation mark. */
    @Test
    fun `what is missing is null once it is asked for as such`(registry: Registry) {
        assertThat(registry.digestOf("team/base", "1.0")).isNotNull()
        assertThat(registry.digestOf("team/base", "2.0")).isNull()
    }

    private fun Registry.digestOf(repository: String, tag: String): String? =
        manifest(RepositoryName(repository), Tag(tag)).getOrNull()?.digest()?.toString()

    @Test
    fun `a pull that is cut fails, and the next one works`(server: RegistryServer, faults: Faults, journal: Journal) {
        val registry = RemoteRegistry.at(server.uri())
        faults.on(blobGet().`in`("team/base")).once().resetAfter(100)

        assertThatThrownBy { Image.pull(registry, "team/base", "1.0").files().all() }
            .isInstanceOf(IOException::class.java)

        assertThat(Image.pull(registry, "team/base", "1.0").files().all()).isNotEmpty()
        assertThat(journal.exchanges(blobGet())).hasSizeGreaterThan(1)
    }
}
