package dev.berth.benchmarks.load;

import java.io.IOException;
import java.nio.channels.Channel;

/** Connections that are at their end. */
final class Channels {

    private Channels() {}

    /** Closes one; that it fails says nothing that somebody would want to know. */
    static void close(Channel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            return;
        }
    }
}
