package dev.berth.standalone.command;

import java.util.Locale;

/** Numbers as people read them. */
final class Amounts {

    private static final String[] UNITS = {"kB", "MB", "GB", "TB", "PB", "EB"};

    private Amounts() {}

    /** {@code 1 blob}, {@code 12 blobs}. */
    static String of(long number, String singular, String plural) {
        return number + " " + (number == 1 ? singular : plural);
    }

    /** {@code 512 bytes}, {@code 3.4 GB (3400000000 bytes)}. */
    static String bytes(long number) {
        return number < 1000 ? of(number, "byte", "bytes") : shortBytes(number) + " (" + number + " bytes)";
    }

    /** {@code 512 B}, {@code 3.4 GB}; in powers of a thousand, as disks are sold. */
    static String shortBytes(long number) {
        if (number < 1000) {
            return number + " B";
        }
        double amount = number / 1000.0;
        int unit = 0;
        while (amount >= 999.95) {
            amount /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", amount, UNITS[unit]);
    }
}
