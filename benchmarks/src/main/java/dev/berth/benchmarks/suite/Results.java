package dev.berth.benchmarks.suite;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.berth.benchmarks.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes a report as files: a table to read, and CSV and JSON for programs. */
final class Results {

    private static final String PEER = "registry:2";
    private static final List<String> LIMITS = List.of("nginx", "bare Jetty", "SHA-256");

    private Results() {}

    static void write(Report report, Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.write(directory.resolve("results.md"), table(report));
        Files.write(directory.resolve("results.csv"), csv(report));
        json(report, directory.resolve("results.json"));
        plots(report, directory);
    }

    private static void plots(Report report, Path directory) throws IOException {
        Plot peers = new Plot("How many times as fast as Docker's registry (mark: the goal)", true);
        Plot limits = new Plot("How near to what cannot be beaten (mark: the goal)", false);
        for (Line line : report.lines()) {
            for (Goal goal : line.goals()) {
                if (goal.other().equals(PEER)) {
                    peers.add(line, goal);
                } else if (LIMITS.contains(goal.other())) {
                    limits.add(line, goal);
                }
            }
        }
        peers.write(directory.resolve("results-peer.svg"));
        limits.write(directory.resolve("results-limits.svg"));
    }

    /** The lines as a table in Markdown. */
    static List<String> table(Report report) {
        List<String> rows = new ArrayList<>();
        rows.add("");
        rows.add("| What | Berth | Beside it | Goal | Measured | |");
        rows.add("|---|---|---|---|---|---|");
        for (Line line : report.lines()) {
            List<String> others = new ArrayList<>();
            line.others().forEach((name, samples) -> {
                if (samples.count() > 0) {
                    others.add(name + " " + Numbers.show(samples.median()));
                }
            });
            String first = "| " + line.what() + " | " + Report.figure(line.ours(), line.unit()) + " | "
                    + String.join(", ", others);
            if (line.goals().isEmpty()) {
                rows.add(first + " | | | |");
            }
            for (Goal goal : line.goals()) {
                rows.add(first + " | " + goal.text(line) + " | " + goal.measured(line) + " | "
                        + report.verdict(goal, line) + " |");
                first = "| | | ";
            }
        }
        report.missing().forEach((who, why) -> rows.add("\n" + who + " was left out: " + why + "."));
        rows.add("\n" + times(report));
        return rows;
    }

    /** How long each row took, and all of them. */
    private static String times(Report report) {
        List<String> rows = new ArrayList<>();
        report.seconds().forEach((name, seconds) -> rows.add(name + " " + seconds + " s"));
        long all = report.seconds().values().stream().mapToLong(Long::longValue).sum();
        return all + " s in all: " + String.join(", ", rows) + ".";
    }

    private static List<String> csv(Report report) {
        List<String> rows = new ArrayList<>();
        rows.add("row,what,unit,who,runs,min,median,max");
        for (Line line : report.lines()) {
            rows.add(csv(line, "berth", line.ours()));
            line.others().forEach((name, samples) -> rows.add(csv(line, name, samples)));
        }
        return rows;
    }

    private static String csv(Line line, String who, Samples samples) {
        String figures = samples.count() == 0
                ? "0,,,"
                : String.format(
                        Locale.ROOT, "%d,%s,%s,%s", samples.count(), samples.min(), samples.median(), samples.max());
        return line.row() + ",\"" + line.what() + "\"," + line.unit() + "," + who + "," + figures;
    }

    private static void json(Report report, Path file) throws IOException {
        try (JsonGenerator json = new JsonFactory()
                .createGenerator(file.toFile(), JsonEncoding.UTF8)
                .useDefaultPrettyPrinter()) {
            json.writeStartObject();
            json.writeStringField("java", Runtime.version().toString());
            json.writeNumberField("processors", Runtime.getRuntime().availableProcessors());
            json.writeObjectFieldStart("missing");
            for (Map.Entry<String, String> who : report.missing().entrySet()) {
                json.writeStringField(who.getKey(), who.getValue());
            }
            json.writeEndObject();
            json.writeObjectFieldStart("seconds");
            for (Map.Entry<String, Long> row : report.seconds().entrySet()) {
                json.writeNumberField(row.getKey(), row.getValue());
            }
            json.writeEndObject();
            json.writeArrayFieldStart("lines");
            for (Line line : report.lines()) {
                json(json, report, line);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private static void json(JsonGenerator json, Report report, Line line) throws IOException {
        json.writeStartObject();
        json.writeStringField("row", line.row());
        json.writeStringField("what", line.what());
        json.writeStringField("unit", line.unit());
        figures(json, "berth", line.ours());
        json.writeObjectFieldStart("beside");
        for (Map.Entry<String, Samples> other : line.others().entrySet()) {
            figures(json, other.getKey(), other.getValue());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("goals");
        for (Goal goal : line.goals()) {
            json.writeStartObject();
            json.writeStringField("goal", goal.text(line));
            figures(json, "measured", goal.ratio(line));
            json.writeStringField("verdict", report.verdict(goal, line));
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("notes");
        for (String note : line.notes()) {
            json.writeString(note);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void figures(JsonGenerator json, String name, Samples samples) throws IOException {
        json.writeObjectFieldStart(name);
        json.writeNumberField("runs", samples.count());
        if (samples.count() > 0) {
            json.writeNumberField("min", samples.min());
            json.writeNumberField("median", samples.median());
            json.writeNumberField("max", samples.max());
        }
        json.writeEndObject();
    }
}
