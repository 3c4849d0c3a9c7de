package dev.berth.benchmarks.profile;

import dev.berth.benchmarks.suite.Svg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A picture of stacks that were seen: a box for each function, as wide as it was seen often, on the one that called it. What is too narrow
 * to be told apart is left out. The colours say whose it is: the program's, the JVM's, or the system's.
 */
final class FlameGraph {

    private static final int WIDTH = 1200;
    private static final int STEP = 15;
    private static final int TOP = 30;
    private static final double NARROWEST = 3;

    /** What async-profiler writes behind functions: j for Java, also compiled (i, 0, 1), k for the system. */
    private static final Pattern KIND = Pattern.compile("_\\[([jki01])\\]$");

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]* tid=[0-9]+\\]");

    private final Box root = new Box();

    /** Adds stacks as async-profiler collapses them: functions from the outermost on, and how often. */
    void add(List<String> collapsed) {
        for (String line : collapsed) {
            int space = line.lastIndexOf(' ');
            long count = Long.parseLong(line.substring(space + 1));
            Box box = root;
            box.count += count;
            // Which of several threads it was that do the same makes no difference.
            String stack = NUMBER.matcher(line.substring(0, space)).replaceFirst("]");
            for (String function : stack.split(";")) {
                box = box.above.computeIfAbsent(function, name -> new Box());
                box.count += count;
            }
        }
    }

    /** How much of all that was seen has a function in it whose name matches {@code functions}, from 0 to 1. */
    double share(Pattern functions) {
        return root.count == 0 ? 0 : root.matching(functions) / (double) root.count;
    }

    void write(Path file, String title) throws IOException {
        int height = TOP + (depth(root, WIDTH) + 1) * STEP;
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT, """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" aria-label="%s">
                <style>
                text { font: 10px monospace; fill: #24292f }
                .title { font: 600 14px system-ui, sans-serif }
                rect { stroke: #fff; stroke-width: 0.5 }
                .j { fill: #7ee787 }
                .k { fill: #ffa657 }
                .v { fill: #79c0ff }
                .page { fill: #fff }
                </style>
                <rect class="page" width="%d" height="%d"/>
                <text class="title" x="8" y="20">%s (green: Java, blue: the JVM, orange: the system)</text>
                """, WIDTH, height, WIDTH, height, Svg.escaped(title), WIDTH, height, Svg.escaped(title)));
        draw(svg, root, 0, height - STEP);
        Files.writeString(file, svg.append("</svg>\n"));
    }

    private void draw(StringBuilder svg, Box box, double x, int y) {
        double left = x;
        for (Map.Entry<String, Box> entry : box.above.entrySet()) {
            Box each = entry.getValue();
            double width = width(each);
            if (width >= NARROWEST) {
                box(svg, entry.getKey(), each, left, y, width);
                draw(svg, each, left, y - STEP);
            }
            left += width;
        }
    }

    private void box(StringBuilder svg, String function, Box box, double x, int y, double width) {
        Matcher kind = KIND.matcher(function);
        String style = !kind.find() ? "v" : kind.group(1).equals("k") ? "k" : "j";
        String name = KIND.matcher(function).replaceFirst("").replace('/', '.');
        String simple = name.replaceAll("^([a-z0-9_]+\\.)+(?=[A-Z])", "");
        int fits = (int) (width / 6.2);
        svg.append(String.format(
                Locale.ROOT,
                "<g><title>%s: %.1f %%</title><rect class=\"%s\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>",
                Svg.escaped(name),
                100.0 * box.count / root.count,
                style,
                x,
                y,
                width,
                STEP - 1));
        if (fits > 3) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%.1f\" y=\"%d\">%s</text>",
                    x + 2,
                    y + 10,
                    Svg.escaped(simple.substring(0, Math.min(fits, simple.length())))));
        }
        svg.append("</g>\n");
    }

    private int depth(Box box, double width) {
        return width < NARROWEST
                ? 0
                : 1
                        + box.above.values().stream()
                                .mapToInt(each -> depth(each, width(each)))
                                .max()
                                .orElse(0);
    }

    private double width(Box box) {
        return (double) WIDTH * box.count / root.count;
    }

    private static final class Box {

        private final Map<String, Box> above = new TreeMap<>();
        private long count;

        long matching(Pattern functions) {
            long sum = 0;
            for (Map.Entry<String, Box> entry : above.entrySet()) {
                boolean found = functions.matcher(entry.getKey()).find();
                sum += found ? entry.getValue().count : entry.getValue().matching(functions);
            }
            return sum;
        }
    }
}
