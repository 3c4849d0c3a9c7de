package dev.berth.registry.http.auth;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** What of an address is one party's: the whole of an IPv4 address, and of an IPv6 address the half that a network is given. */
final class AddressBlock {

    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*");
    private static final int NETWORK_BYTES = 8;

    private AddressBlock() {}

    static String of(String address) {
        String plain =
                address.startsWith("[") && address.endsWith("]") ? address.substring(1, address.length() - 1) : address;
        if (!IPV6.matcher(plain).matches()) {
            return address;
        }
        try {
            // Nothing but digits and colons: no name, so nothing is looked up.
            byte[] bytes = InetAddress.getByName(plain).getAddress();
            return bytes.length == 16 ? HexFormat.of().formatHex(bytes, 0, NETWORK_BYTES) : address;
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
