package dev.berth.standalone.config;

/**
 * Where to listen.
 *
 * @param host a host name or address, without brackets
 * @param port a port, or 0 for a free one
 */
public record ListenAddress(String host, int port) {

    static final String LOOPBACK = "127.0.0.1";
    static final String ALL = "0.0.0.0";

    /** @throws IllegalArgumentException if the port is none */
    public ListenAddress {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("A port is 0 to 65535, and not " + port);
        }
    }

    /** Reads an address as Go writes it: {@code :5000} is all interfaces, {@code [::1]:5000} an address with colons. */
    static ListenAddress parse(Value value) {
        String text = value.text();
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? text : text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            throw wrong(value);
        }
        try {
            return new ListenAddress(host.isEmpty() ? ALL : host, Integer.parseInt(text.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            throw wrong(value);
        }
    }

    private static UsageException wrong(Value value) {
        return value.wrong("an address such as 127.0.0.1:5000 or :5000, with a port from 0 to 65535");
    }

    ListenAddress withHost(String other) {
        return new ListenAddress(other, port);
    }

    ListenAddress withPort(int other) {
        return new ListenAddress(host, other);
    }

    /** Whether other machines can reach it. */
    public boolean isOpen() {
        return !host.equals("localhost") && !host.startsWith("127.") && !host.equals("::1");
    }

    /** Whether it stands for every address of this machine. */
    public boolean isAll() {
        return host.equals(ALL) || host.equals("::");
    }
}
