package dev.berth.registry.image;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** Images of all kinds, the same for the same seed. */
public final class RandomImages {

    private RandomImages() {}

    /** An image, an artifact, or an index of these. */
    public static Image any(Random random) {
        return any(random, 3);
    }

    private static Image any(Random random, int depth) {
        int kind = random.nextInt(depth > 0 ? 4 : 2);
        if (kind == 0) {
            return artifact(random);
        }
        if (kind == 1) {
            return image(random);
        }
        IndexBuilder index = Image.index().annotation("n", "" + random.nextInt());
        for (int i = random.nextInt(4); i >= 0; i--) {
            index.add(any(random, depth - 1));
        }
        return index.build();
    }

    /** An image that can be run, in any format. */
    public static Image image(Random random) {
        ImageFormat format = ImageFormat.values()[random.nextInt(2)];
        ImageBuilder image = Image.builder()
                .format(format)
                .label("n", "" + random.nextInt())
                .platform("linux/" + (random.nextBoolean() ? "amd64" : "arm64"));
        for (int i = random.nextInt(3); i >= 0; i--) {
            Compression compression = Compression.values()[random.nextInt(format == ImageFormat.OCI ? 3 : 2)];
            image.layer(Layer.builder()
                    .random("/r" + i, random.nextLong(), random.nextInt(200_000))
                    .file("/dir/" + random.nextInt(3), "text " + random.nextInt())
                    .compression(compression)
                    .build());
        }
        return image.build();
    }

    private static Image artifact(Random random) {
        return Image.artifact()
                .artifactType("application/vnd.example." + random.nextInt(3))
                .file("f", "text/plain", "content " + random.nextInt())
                .build();
    }

    /** What each content of an image is known by, and what its bytes are. */
    public static SortedMap<Digest, Digest> contents(Image image) throws IOException {
        SortedMap<Digest, Digest> contents = new TreeMap<>();
        image.visit(new ContentVisitor() {
            @Override
            public void blob(Descriptor descriptor, ByteSource content) throws IOException {
                try (InputStream in = content.open()) {
                    contents.put(descriptor.digest(), Digest.of(in.readAllBytes()));
                }
            }

            @Override
            public void manifest(Image found) {
                byte[] bytes = new byte[found.manifest().content().remaining()];
                found.manifest().content().get(bytes);
                contents.put(found.digest(), Digest.of(bytes));
            }
        });
        return contents;
    }
}
