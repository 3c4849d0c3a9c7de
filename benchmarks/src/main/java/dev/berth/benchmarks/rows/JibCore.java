package dev.berth.benchmarks.rows;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import dev.berth.benchmarks.DirectoryTree;
import dev.berth.benchmarks.suite.Bench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** jib-core in this JVM, with layers of 64 KiB, which it compresses itself, and without anything in its caches. */
final class JibCore implements ImageClient {

    private static final int LAYER = 64 << 10;

    private final Path directory;

    JibCore(Path directory) {
        this.directory = directory;
    }

    @Override
    public String name() {
        return "jib-core";
    }

    @Override
    public void prepare(Bench bench, long seed) throws IOException {
        byte[] content = new byte[LAYER];
        Random random = new Random(seed);
        for (int i = 0; i < ImageClient.layers(bench); i++) {
            random.nextBytes(content);
            Files.write(file(i), content);
        }
    }

    @Override
    public void push(Bench bench, String image) throws Exception {
        JibContainerBuilder builder = Jib.fromScratch();
        for (int i = 0; i < ImageClient.layers(bench); i++) {
            builder.addLayer(List.of(file(i)), AbsoluteUnixPath.get("/layer" + i));
        }
        run(builder, Containerizer.to(RegistryImage.named(image)));
    }

    @Override
    public void pull(Bench bench, String image) throws Exception {
        Path tar = directory.resolve("pulled.tar");
        run(
                Jib.from(RegistryImage.named(image)),
                Containerizer.to(TarImage.at(tar).named(image)));
    }

    private void run(JibContainerBuilder builder, Containerizer containerizer) throws Exception {
        Path cache = directory.resolve("cache");
        DirectoryTree.delete(cache);
        try {
            builder.containerize(containerizer
                    .setAllowInsecureRegistries(true)
                    .setBaseImageLayersCache(cache.resolve("base"))
                    .setApplicationLayersCache(cache.resolve("application")));
        } catch (com.google.cloud.tools.jib.api.RegistryException | IOException e) {
            throw new ClientException(String.valueOf(e.getMessage()));
        }
    }

    private Path file(int number) {
        return directory.resolve("layer" + number);
    }
}
