package org.passkeygraft.engine;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** IP addresses as text. Never looks a name up: what is no literal is no address. */
final class IpAddress {
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])";
    private static final Pattern VERSION_4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern VERSION_6 = Pattern.compile("[0-9a-fA-F:][0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    private static final int LONGEST = 45;
    /** fc00::/7 (RFC 4193). */
    private static final int UNIQUE_LOCAL = 0xfc;

    private static final int UNIQUE_LOCAL_MASK = 0xfe;

    private IpAddress() {}

    /** The 4 or 16 octets of a literal address. */
    static Optional<byte[]> octets(String text) {
        boolean literal = text.length() <= LONGEST
                && (VERSION_4.matcher(text).matches() || VERSION_6.matcher(text).matches());
        if (!literal) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text).getAddress());
        } catch (UnknownHostException malformed) {
            return Optional.empty();
        }
    }

    /** Who it is that a throttle can tell apart: who has one IPv6 address has the whole /64. */
    static String network(String address) {
        boolean version4 = address.indexOf(':') < 0;
        return version4
                ? address
                : octets(address)
                        .map(octets -> HexFormat.of().formatHex(octets, 0, octets.length / 2))
                        .orElse(address);
    }

    /** Whether only a neighbour can have it: this machine's own, or one of a network that the internet does not route. */
    static boolean isPrivate(String text) {
        return octets(text).filter(IpAddress::isPrivate).isPresent();
    }

    private static boolean isPrivate(byte[] octets) {
        try {
            InetAddress address = InetAddress.getByAddress(octets);
            boolean uniqueLocal = octets.length == 16 && (octets[0] & UNIQUE_LOCAL_MASK) == UNIQUE_LOCAL;
            return address.isLoopbackAddress()
                    || address.isSiteLocalAddress()
                    || address.isLinkLocalAddress()
                    || uniqueLocal;
        } catch (UnknownHostException impossible) {
            throw new IllegalArgumentException("not 4 or 16 octets", impossible);
        }
    }
}
