package dev.berth.standalone.rules;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes in bytes: {@code 500}, {@code 500MB} in powers of a thousand, {@code 1.5GiB} in powers of 1024. */
final class Sizes {

    private static final Pattern SIZE = Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{1,6})?) ?([kKMGT]i?B|B)?");
    private static final Map<Character, Integer> POWERS = Map.of('k', 1, 'K', 1, 'M', 2, 'G', 3, 'T', 4);

    private Sizes() {}

    /** The size, or empty if that is none. */
    static Optional<Long> parse(String text) {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String unit = Optional.ofNullable(matcher.group(2)).orElse("B");
        long base = unit.contains("i") ? 1024 : 1000;
        int power = POWERS.getOrDefault(unit.charAt(0), 0);
        BigInteger bytes = new BigDecimal(matcher.group(1))
                .multiply(BigDecimal.valueOf(base).pow(power))
                .toBigInteger();
        return bytes.bitLength() < Long.SIZE ? Optional.of(bytes.longValueExact()) : Optional.empty();
    }
}
