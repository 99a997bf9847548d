package org.passkeygraft.engine;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The addresses whose word about others' addresses counts: single ones and CIDR blocks. */
record TrustedProxies(List<Block> blocks) {
    private static final int MAPPED_BITS = 128;

    static TrustedProxies of(List<String> configured) {
        return new TrustedProxies(configured.stream().map(Block::parse).toList());
    }

    boolean contains(String address) {
        return !blocks.isEmpty()
                && IpAddress.octets(address)
                        .filter(octets -> blocks.stream().anyMatch(block -> block.contains(octets)))
                        .isPresent();
    }

    /**
     * Returns the client's address in its one form (T-126): the last hop that is no trusted proxy, since the client can
     * write all hops before it. Where all hops are trusted it is the first; where a hop cannot be read, it is the proxy
     * that named that hop, and the advice tells so.
     *
     * @param peer the address of the connection, as the server writes it
     * @param forwardedFor all lines of X-Forwarded-For; a proxy may add one of its own below a forged one
     */
    String client(String peer, List<String> forwardedFor, Advice advice) {
        List<String> hops = forwardedFor.stream()
                .flatMap(line -> Stream.of(line.split(",", -1)))
                .map(String::strip)
                .toList();
        String client = IpAddress.canonical(peer).orElse(peer);
        for (int i = hops.size() - 1; i >= 0 && contains(client); i--) {
            Optional<String> hop = IpAddress.canonical(hops.get(i));
            if (hop.isEmpty()) {
                advice.unreadableHop(client, hops.get(i));
                return client;
            }
            client = hop.get();
        }
        return client;
    }

    private record Block(int length, BigInteger prefix, int hostBits) {
        static Block parse(String text) {
            String[] parts = text.split("/", 2);
            byte[] octets = IpAddress.octets(parts[0])
                    .orElseThrow(() -> new IllegalArgumentException("not an address: " + text));
            int bits = octets.length * Byte.SIZE;
            // The length of a mapped block counts from the front of the IPv6 address.
            int written = parts[0].contains(":") ? MAPPED_BITS : bits;
            int hostBits = parts.length == 1 ? 0 : Math.min(bits, written - Integer.parseInt(parts[1]));
            return new Block(octets.length, new BigInteger(1, octets).shiftRight(hostBits), hostBits);
        }

        boolean contains(byte[] octets) {
            return octets.length == length
                    && new BigInteger(1, octets).shiftRight(hostBits).equals(prefix);
        }
    }
}
