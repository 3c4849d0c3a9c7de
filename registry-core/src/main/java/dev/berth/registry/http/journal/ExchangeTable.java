package dev.berth.registry.http.journal;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Exchanges as a person reads them. */
final class ExchangeTable {

    private static final String HEADING = "   #  status       in      out       ms  request";

    private ExchangeTable() {}

    static String of(List<Exchange> exchanges, long forgotten) {
        StringBuilder table = new StringBuilder();
        if (forgotten > 0) {
            table.append("(").append(forgotten).append(" earlier ones are left out)\n");
        }
        if (exchanges.isEmpty()) {
            return table.append("no requests").toString();
        }
        table.append(HEADING);
        for (Exchange exchange : exchanges) {
            table.append('\n').append(line(exchange));
        }
        return table.toString();
    }

    static String line(Exchange exchange) {
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT,
                "%4d  %6s %8s %8s %8s  %s %s",
                exchange.number(),
                exchange.status() == 0 ? "-" : exchange.status(),
                bytes(exchange.received()),
                bytes(exchange.sent()),
                millis(exchange.duration()),
                exchange.method(),
                printable(exchange.request().target())));
        if (!exchange.caller().isAnonymous()) {
            line.append(" by ").append(printable(exchange.caller().name()));
        }
        switch (exchange.state()) {
            case ASKED -> line.append(" (not answered yet)");
            case ANSWERED -> line.append(" (still being sent)");
            case CUT -> line.append(" (cut)");
            case SENT -> {}
        }
        exchange.remarks()
                .forEach(remark -> line.append(" [").append(printable(remark)).append(']'));
        return line.toString();
    }

    private static String bytes(long count) {
        if (count < 10_000) {
            return Long.toString(count);
        }
        return count < 10_000_000 ? count / 1000 + "k" : count / 1_000_000 + "M";
    }

    private static String millis(Duration duration) {
        return String.format(Locale.ROOT, "%.1f", duration.toNanos() / 1e6);
    }

    private static String printable(String text) {
        return text.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
