package dev.berth.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Asks for the same thing over 16 kept connections, as fast as it is answered. */
public final class Wrk {

    private Wrk() {}

    /**
     * How many requests are answered in a second.
     *
     * @param path what is asked for, with the slash it begins with
     * @param headers header fields, each as {@code Name: value}
     */
    public static double rate(int port, String path, int seconds, String... headers)
            throws IOException, InterruptedException {
        return run(List.of(), seconds, port, path, headers);
    }

    /** As {@link #rate}, in half a second. {@code wrk} knows whole seconds, but says what it has when it is interrupted. */
    public static double briefRate(int port, String path) throws IOException, InterruptedException {
        return run(List.of("timeout", "--foreground", "--signal=INT", "0.5"), 10, port, path);
    }

    private static double run(List<String> by, int seconds, int port, String path, String... headers)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(by);
        command.addAll(List.of(
                "wrk",
                "-t1",
                "-c16",
                "-d" + seconds + "s",
                "http://127.0.0.1:" + port + path,
                "-H",
                "Accept: application/vnd.docker.distribution.manifest.v2+json"));
        for (String header : headers) {
            command.add("-H");
            command.add(header);
        }
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        double rate = Double.NaN;
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith("Requests/sec:")) {
                    rate = Double.parseDouble(
                            line.substring(line.indexOf(':') + 1).trim());
                }
                if (line.contains("Non-2xx")) {
                    throw new IOException("wrk got errors: " + line);
                }
            }
        }
        process.waitFor();
        return rate;
    }
}
