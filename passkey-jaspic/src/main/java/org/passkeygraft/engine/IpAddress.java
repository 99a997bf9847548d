package org.passkeygraft.engine;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads IP addresses as text. Never looks a name up: a text that is no literal is no address.
 *
 * <p>Proxies and servers write one address in many forms: with a port, in brackets, with a zone, an IPv4 address mapped to
 * IPv6 (RFC 4291, section 2.5.5.2). All forms are read, and all are the same address (T-126).
 */
final class IpAddress {
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final String DOTTED = OCTET + "(?:\\." + OCTET + "){3}";
    private static final Pattern VERSION_4 = Pattern.compile("(?<literal>" + DOTTED + ")(?::[0-9]{1,5})?");
    private static final String COLONS = "[0-9a-fA-F:]{0,39}:[0-9a-fA-F:.]{0,45}";
    private static final String ZONE = "(?:%[^\\]\\[]{0,64})?";
    private static final Pattern VERSION_6 = Pattern.compile("(?<literal>" + COLONS + ")" + ZONE);
    private static final Pattern BRACKETS =
            Pattern.compile("\\[(?<literal>" + COLONS + "|" + DOTTED + ")" + ZONE + "\\](?::[0-9]{1,5})?");
    private static final int VERSION_6_GROUPS = 8;
    /** fc00::/7 (RFC 4193). */
    private static final int UNIQUE_LOCAL = 0xfc;

    private static final int UNIQUE_LOCAL_MASK = 0xfe;

    /** 64:ff9b::/96 (RFC 6052): a translator writes an IPv4 client so. */
    private static final byte[] TRANSLATED = HexFormat.of().parseHex("0064ff9b0000000000000000");

    private IpAddress() {}

    /** Returns the 4 or 16 octets of an address in any of its forms; 4 for a mapped one. */
    static Optional<byte[]> octets(String text) {
        return literal(text, VERSION_4).or(() -> literal(text, VERSION_6)).or(() -> literal(text, BRACKETS));
    }

    private static Optional<byte[]> literal(String text, Pattern form) {
        Matcher matcher = form.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(matcher.group("literal")).getAddress());
        } catch (UnknownHostException malformed) {
            return Optional.empty();
        }
    }

    /** Returns the one form of an address: dotted, or as RFC 5952 writes IPv6; empty if the text is no address. */
    static Optional<String> canonical(String text) {
        return octets(text).map(IpAddress::text);
    }

    private static String text(byte[] octets) {
        return octets.length == 4 ? dotted(octets, 0) : compressed(octets);
    }

    private static String dotted(byte[] octets, int from) {
        return (octets[from] & 0xff)
                + "." + (octets[from + 1] & 0xff)
                + "." + (octets[from + 2] & 0xff)
                + "." + (octets[from + 3] & 0xff);
    }

    /** Leaves out the first of the longest runs of zeros (RFC 5952, section 4.2). */
    private static String compressed(byte[] octets) {
        int from = 0;
        int longest = 1;
        for (int group = 0; group < VERSION_6_GROUPS; group++) {
            int zeros = zeros(octets, group);
            if (zeros > longest) {
                from = group;
                longest = zeros;
            }
        }
        return longest == 1
                ? groups(octets, 0, VERSION_6_GROUPS)
                : groups(octets, 0, from) + "::" + groups(octets, from + longest, VERSION_6_GROUPS);
    }

    private static int zeros(byte[] octets, int from) {
        int group = from;
        while (group < VERSION_6_GROUPS && octets[2 * group] == 0 && octets[2 * group + 1] == 0) {
            group++;
        }
        return group - from;
    }

    private static String groups(byte[] octets, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int group = from; group < to; group++) {
            text.append(group == from ? "" : ":")
                    .append(Integer.toHexString(((octets[2 * group] & 0xff) << 8) | (octets[2 * group + 1] & 0xff)));
        }
        return text.toString();
    }

    /** Returns the network that a throttle counts: an IPv4 address, or the /64 that one IPv6 client usually has. */
    static String network(String address) {
        return octets(address).map(IpAddress::network).orElse(address);
    }

    private static String network(byte[] octets) {
        if (octets.length == 4) {
            return dotted(octets, 0);
        }
        // Behind a translator all of IPv4 would be one /64.
        return Arrays.equals(octets, 0, TRANSLATED.length, TRANSLATED, 0, TRANSLATED.length)
                ? dotted(octets, TRANSLATED.length)
                : HexFormat.of().formatHex(octets, 0, octets.length / 2);
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
