package dev.berth.benchmarks.rows;

import dev.berth.benchmarks.DirectoryTree;
import dev.berth.benchmarks.suite.Bench;
import dev.berth.registry.image.Image;
import dev.berth.registry.image.ImageBuilder;
import dev.berth.registry.image.Layer;
import dev.berth.registry.image.archive.OciLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code skopeo copy}, from an OCI layout and to a directory, with layers of 1 MiB. */
final class Skopeo implements ImageClient {

    private static final int LAYER = 1 << 20;

    private final Path directory;

    Skopeo(Path directory) {
        this.directory = directory;
    }

    @Override
    public String name() {
        return "skopeo";
    }

    @Override
    public void prepare(Bench bench, long seed) throws IOException {
        DirectoryTree.delete(layout());
        ImageBuilder image = Image.builder();
        for (int i = 0; i < ImageClient.layers(bench); i++) {
            image.layer(Layer.random(seed + i, bench.choose(LAYER, LAYER / 64)));
        }
        OciLayout.at(layout()).add(image.build(), "1.0");
    }

    @Override
    public void push(Bench bench, String image) throws Exception {
        run("--dest-tls-verify=false", "oci:" + layout() + ":1.0", "docker://" + image);
    }

    @Override
    public void pull(Bench bench, String image) throws Exception {
        Path pulled = directory.resolve("pulled");
        run("--src-tls-verify=false", "docker://" + image, "dir:" + pulled);
        DirectoryTree.delete(pulled);
    }

    private Path layout() {
        return directory.resolve("layout");
    }

    private static void run(String... options) throws IOException, InterruptedException, ClientException {
        List<String> command = new ArrayList<>(List.of("skopeo", "--insecure-policy", "copy", "--quiet"));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new ClientException(said.strip());
        }
    }
}
