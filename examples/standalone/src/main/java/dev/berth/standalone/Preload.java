package dev.berth.standalone;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TimeZone;

/**
 * Loads on a second processor what the start is going to need, which makes it a fifth shorter. Classes of libraries are
 * loaded and not initialised: two threads that initialise classes which need each other would wait for each other for good.
 *
 * <p>The list is what a JVM says with {@code -Xlog:class+load} until its first answer. One that has become wrong does no
 * harm; make it anew when Jetty has changed much.
 */
final class Preload implements Runnable {

    static final String LIST = "preload.txt";

    private Preload() {}

    static void start() {
        Thread thread = new Thread(new Preload(), "berth-preload");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        try {
            Selector.open().close();
            ServerSocketChannel.open().close();
            Objects.requireNonNull(TimeZone.getDefault());
            Objects.requireNonNull(Locale.getAvailableLocales());
            Objects.requireNonNull(DateTimeFormatter.ISO_INSTANT);
            for (String name : names()) {
                load(name);
            }
        } catch (IOException e) {
            // What is wrong the start itself will meet, and say.
        }
    }

    static List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        InputStream list = Preload.class.getResourceAsStream(LIST);
        if (list != null) {
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(list, StandardCharsets.US_ASCII))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    names.add(line);
                }
            }
        }
        return names;
    }

    /** Whether there is such a class. */
    static boolean load(String name) {
        try {
            Class.forName(name, false, Preload.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
