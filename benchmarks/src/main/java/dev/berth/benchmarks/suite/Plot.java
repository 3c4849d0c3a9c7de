package dev.berth.benchmarks.suite;

import dev.berth.benchmarks.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Bars of how Berth compares with others, as an SVG that can be read on a light page and on a dark one. A bar ends at the median, a thin
 * line goes from the least to the most, and a mark shows the goal.
 */
final class Plot {

    private static final int WIDTH = 840;
    private static final int LEFT = 360;
    private static final int RIGHT = 700;
    private static final int STEP = 22;
    private static final int TOP = 46;

    private final String title;
    private final boolean logarithmic;
    private final List<Bar> bars = new ArrayList<>();

    /** A plot whose scale is logarithmic, for ratios that are far apart, or linear. */
    Plot(String title, boolean logarithmic) {
        this.title = title;
        this.logarithmic = logarithmic;
    }

    /** Adds a bar for a goal of a line, if it is one that is to be reached and there was somebody to compare with. */
    void add(Line line, Goal goal) {
        Samples ratio = goal.ratio(line);
        if (!goal.most() && ratio.count() > 0) {
            bars.add(new Bar(line.what(), goal.other(), ratio, goal.bound()));
        }
    }

    /** Writes it, unless there is nothing to see. */
    void write(Path file) throws IOException {
        if (bars.isEmpty()) {
            return;
        }
        double most = bars.stream()
                .mapToDouble(bar -> Math.max(bar.ratio.max(), bar.bound))
                .max()
                .orElse(1);
        int height = TOP + bars.size() * STEP + 10;
        StringBuilder svg = new StringBuilder(
                String.format(Locale.ROOT, """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" aria-label="%s">
                <style>
                text { font: 12px system-ui, sans-serif; fill: #24292f }
                .title { font-size: 14px; font-weight: 600 }
                .bar { fill: #2f81f7 }
                .short { fill: #d29922 }
                .line { stroke: #57606a; stroke-width: 1.5 }
                .goal { stroke: #cf222e; stroke-width: 2 }
                @media (prefers-color-scheme: dark) {
                  text { fill: #d1d7e0 }
                  .line { stroke: #9198a1 }
                  .goal { stroke: #ff7b72 }
                }
                </style>
                <text class="title" x="8" y="22">%s</text>
                """, WIDTH, height, WIDTH, height, Svg.escaped(title), Svg.escaped(title)));
        for (int i = 0; i < bars.size(); i++) {
            bar(svg, bars.get(i), TOP + i * STEP, most);
        }
        Files.writeString(file, svg.append("</svg>\n"));
    }

    private void bar(StringBuilder svg, Bar bar, int y, double most) {
        double median = x(bar.ratio.median(), most);
        double goal = x(bar.bound, most);
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>%n",
                LEFT - 8,
                y + 12,
                Svg.escaped(bar.label)));
        svg.append(String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"14\" rx=\"2\"/>%n",
                bar.ratio.median() >= bar.bound ? "bar" : "short",
                LEFT,
                y + 1,
                Math.max(1, median - LEFT)));
        line(svg, "line", x(bar.ratio.min(), most), y + 8, x(bar.ratio.max(), most), y + 8);
        line(svg, "goal", goal, y - 1, goal, y + 17);
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%d\" y=\"%d\">%sx %s</text>%n",
                RIGHT + 8,
                y + 12,
                Numbers.show(bar.ratio.median()),
                Svg.escaped(bar.other)));
    }

    private static void line(StringBuilder svg, String style, double x1, int y1, double x2, int y2) {
        svg.append(String.format(
                Locale.ROOT,
                "<line class=\"%s\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>%n",
                style,
                x1,
                y1,
                x2,
                y2));
    }

    private double x(double ratio, double most) {
        double part = logarithmic ? Math.log(Math.max(1, ratio)) / Math.log(Math.max(2, most)) : ratio / most;
        return LEFT + part * (RIGHT - LEFT);
    }

    private record Bar(String label, String other, Samples ratio, double bound) {}
}
