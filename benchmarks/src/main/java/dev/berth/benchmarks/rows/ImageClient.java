package dev.berth.benchmarks.rows;

import dev.berth.benchmarks.servers.Peer;
import dev.berth.benchmarks.suite.Bench;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A client that people push and pull images with. */
interface ImageClient {

    /** What it is called. */
    String name();

    /** How many layers an image has. */
    static int layers(Bench bench) {
        return bench.choose(50, 5);
    }

    /** Makes an image to be pushed, whose content follows from {@code seed}. */
    void prepare(Bench bench, long seed) throws IOException;

    /** Pushes the image that was prepared last. */
    void push(Bench bench, String image) throws Exception;

    /** Pulls an image, without anything that is left from another pull. */
    void pull(Bench bench, String image) throws Exception;

    /** Those that are here. */
    static List<ImageClient> here(Bench bench) throws IOException {
        List<ImageClient> clients = new ArrayList<>();
        if (Peer.installed(bench, "skopeo")) {
            clients.add(new Skopeo(bench.fresh("skopeo")));
        }
        clients.add(new JibCore(bench.fresh("jib")));
        return clients;
    }

    /** Says that the client could not do it. */
    final class ClientException extends Exception {

        private static final long serialVersionUID = 1;

        ClientException(String message) {
            super(message);
        }
    }
}
