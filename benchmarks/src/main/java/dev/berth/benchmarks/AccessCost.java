package dev.berth.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What it costs to find out who asks: a manifest, asked for by tag of three registries over the same directory, one open, one
 * with passwords, one with tokens, in turn.
 *
 * <p>Arguments: the jar; a file of {@code htpasswd -Bbn alice secret}; {@code short} for a run that only proves that everything
 * works.
 */
public final class AccessCost {

    private AccessCost() {}

    /** Runs it. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path jar = Path.of(args[0]);
        boolean quick = args.length > 2 && args[2].equals("short");
        Path scratch = Files.createTempDirectory("berth-benchmark");
        try {
            run(jar, args[1], scratch, quick);
        } finally {
            DirectoryTree.delete(scratch);
        }
    }

    private static void run(Path jar, String users, Path scratch, boolean quick)
            throws IOException, InterruptedException {
        String password = "Authorization: Basic "
                + Base64.getEncoder().encodeToString("alice:secret".getBytes(StandardCharsets.US_ASCII));
        int seconds = quick ? 1 : 5;
        Samples open = new Samples();
        Samples passwords = new Samples();
        Samples tokens = new Samples();
        try (RegistryProcess openOne = RegistryProcess.berth(jar, List.of(), "--data", filled(jar, scratch, "open"));
                RegistryProcess passwordOne = RegistryProcess.berth(
                        jar, List.of(), "--data", filled(jar, scratch, "password"), "--htpasswd", users);
                RegistryProcess tokenOne = RegistryProcess.berth(
                        jar, List.of(), "--data", filled(jar, scratch, "token"), "--htpasswd", users, "--tokens")) {
            String token = "Authorization: Bearer " + token(tokenOne.port(), password);
            for (int i = 0; i < (quick ? 1 : 8); i++) {
                double openRate = Wrk.rate(openOne.port(), SampleImage.MANIFEST, seconds);
                double passwordRate = Wrk.rate(passwordOne.port(), SampleImage.MANIFEST, seconds, password);
                double tokenRate = Wrk.rate(tokenOne.port(), SampleImage.MANIFEST, seconds, token);
                if (quick || i > 1) {
                    open.add(openRate);
                    passwords.add(passwordRate);
                    tokens.add(tokenRate);
                }
            }
        }
        print("manifest GET by tag, open", open.show("/s"));
        print("  with a password", passwords.show("/s") + ", " + percent(passwords, open));
        print("  with a token", tokens.show("/s") + ", " + percent(tokens, open));
    }

    /** A directory with the sample image: one for each, since one process at a time may write to it. */
    private static String filled(Path jar, Path scratch, String name) throws IOException {
        String directory = scratch.resolve(name).toString();
        try (RegistryProcess registry = RegistryProcess.berth(jar, List.of(), "--data", directory)) {
            SampleImage.push(registry.port());
        }
        return directory;
    }

    private static String token(int port, String password) throws IOException {
        try (HttpSocket http = new HttpSocket(port)) {
            String[] header = password.split(": ", 2);
            String answer = http.send("GET", "/token?scope=repository:demo/app:pull", new byte[0], header[0], header[1])
                    .require(200)
                    .text();
            Matcher token = Pattern.compile("\"token\":\"([^\"]*)\"").matcher(answer);
            if (!token.find()) {
                throw new IOException("There is no token in " + answer);
            }
            return token.group(1);
        }
    }

    private static String percent(Samples some, Samples all) {
        return String.format(Locale.ROOT, "%.0f %% of the open rate", 100 * some.median() / all.median());
    }

    private static void print(String what, String figure) {
        System.out.printf(Locale.ROOT, "%-40s %s%n", what, figure);
    }
}
