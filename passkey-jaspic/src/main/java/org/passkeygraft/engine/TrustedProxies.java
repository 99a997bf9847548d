package org.passkeygraft.engine;

import java.math.BigInteger;
import java.util.List;

/** The addresses whose word about others' addresses counts: single ones and CIDR blocks. */
record TrustedProxies(List<Block> blocks) {
    static TrustedProxies of(List<String> configured) {
        return new TrustedProxies(configured.stream().map(Block::parse).toList());
    }

    boolean contains(String address) {
        return !blocks.isEmpty()
                && IpAddress.octets(address)
                        .filter(octets -> blocks.stream().anyMatch(block -> block.contains(octets)))
                        .isPresent();
    }

    private record Block(int length, BigInteger prefix, int hostBits) {
        static Block parse(String text) {
            String[] parts = text.split("/", 2);
            byte[] octets = IpAddress.octets(parts[0])
                    .orElseThrow(() -> new IllegalArgumentException("not an address: " + text));
            int bits = octets.length * Byte.SIZE;
            int hostBits = parts.length == 1 ? 0 : bits - Integer.parseInt(parts[1]);
            return new Block(octets.length, new BigInteger(1, octets).shiftRight(hostBits), hostBits);
        }

        boolean contains(byte[] octets) {
            return octets.length == length
                    && new BigInteger(1, octets).shiftRight(hostBits).equals(prefix);
        }
    }
}
