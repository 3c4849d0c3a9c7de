package dev.berth.registry.jetty.tls;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;

/** As much of DER (ITU-T X.690) as it takes to write a certificate. Each method returns a whole element. */
final class Der {

    private static final DateTimeFormatter UTC_TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter GENERALIZED_TIME =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final Instant FIRST_GENERALIZED = Instant.parse("2050-01-01T00:00:00Z");

    private Der() {}

    static byte[] sequence(byte[]... elements) {
        return element(0x30, elements);
    }

    static byte[] set(byte[]... elements) {
        return element(0x31, elements);
    }

    static byte[] integer(BigInteger value) {
        return element(0x02, value.toByteArray());
    }

    static byte[] yes() {
        return element(0x01, new byte[] {(byte) 0xff});
    }

    static byte[] octetString(byte[] bytes) {
        return element(0x04, bytes);
    }

    static byte[] bitString(byte[] bytes) {
        return bitString(0, bytes);
    }

    static byte[] bitString(int unusedBits, byte[] bytes) {
        return element(0x03, new byte[] {(byte) unusedBits}, bytes);
    }

    static byte[] utf8String(String text) {
        return element(0x0c, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Context-specific tag {@code number} around whole elements. */
    static byte[] explicit(int number, byte[]... elements) {
        return element(0xa0 | number, elements);
    }

    /** Context-specific tag {@code number} in place of the element's own. */
    static byte[] implicit(int number, byte[] content) {
        return element(0x80 | number, content);
    }

    /** RFC 5280, section 4.1.2.5: two digits for the year as long as they are enough. */
    static byte[] time(Instant time) {
        return time.isBefore(FIRST_GENERALIZED)
                ? element(0x17, UTC_TIME.format(time).getBytes(StandardCharsets.US_ASCII))
                : element(0x18, GENERALIZED_TIME.format(time).getBytes(StandardCharsets.US_ASCII));
    }

    static byte[] oid(String dotted) {
        String[] parts = dotted.split("\\.");
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.write(Integer.parseInt(parts[0]) * 40 + Integer.parseInt(parts[1]));
        for (int i = 2; i < parts.length; i++) {
            int part = Integer.parseInt(parts[i]);
            for (int shift = 28; shift > 0; shift -= 7) {
                if (part >> shift != 0) {
                    content.write(((part >> shift) & 0x7f) | 0x80);
                }
            }
            content.write(part & 0x7f);
        }
        return element(0x06, content.toByteArray());
    }

    /** The first element within one that has others. */
    static byte[] firstWithin(byte[] element) {
        int start = contentStart(element, 0);
        int contentStart = contentStart(element, start);
        return Arrays.copyOfRange(element, start, contentStart + length(element, start));
    }

    private static int contentStart(byte[] element, int start) {
        int first = element[start + 1] & 0xff;
        return start + 2 + (first < 0x80 ? 0 : first & 0x7f);
    }

    private static int length(byte[] element, int start) {
        int first = element[start + 1] & 0xff;
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int i = start + 2; i < contentStart(element, start); i++) {
            length = (length << 8) | (element[i] & 0xff);
        }
        return length;
    }

    private static byte[] element(int tag, byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteArrayOutputStream element = new ByteArrayOutputStream(length + 6);
        element.write(tag);
        if (length < 0x80) {
            element.write(length);
        } else {
            byte[] digits = BigInteger.valueOf(length).toByteArray();
            int skip = digits[0] == 0 ? 1 : 0;
            element.write(0x80 | digits.length - skip);
            element.write(digits, skip, digits.length - skip);
        }
        for (byte[] part : parts) {
            element.writeBytes(part);
        }
        return element.toByteArray();
    }
}
