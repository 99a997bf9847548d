package org.passkeygraft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustedProxiesTest {
    private final TrustedProxies proxies = TrustedProxies.of(List.of("10.1.0.0/16", "2001:db8:ffff::/48"));
    private final Advice advice = new Advice("localhost", Set.of());
    private final AuditLines log = new AuditLines(Advice.class.getName());

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void addressesAndBlocksAreTrusted() {
        TrustedProxies proxies = TrustedProxies.of(List.of("10.1.0.0/16", "192.0.2.7", "2001:db8::/32"));
        assertThat(List.of("10.1.255.3", "192.0.2.7", "2001:db8:1::9")).allMatch(proxies::contains);
        assertThat(List.of("10.2.0.1", "192.0.2.8", "2001:db9::1", "", "proxy.example", "10.1.0.1.evil.example"))
                .noneMatch(proxies::contains);
    }

    @Test
    void nobodyIsTrustedByDefault() {
        assertThat(TrustedProxies.of(List.of()).contains("127.0.0.1")).isFalse();
    }

    @Test
    void t126_trustsAMappedBlockLikeItsIpv4Block() {
        TrustedProxies mapped = TrustedProxies.of(List.of("::ffff:10.1.0.0/112", "::ffff:192.0.2.7"));
        assertThat(List.of("10.1.255.3", "::ffff:10.1.0.9", "192.0.2.7")).allMatch(mapped::contains);
        assertThat(List.of("10.2.0.1", "192.0.2.8", "::1")).noneMatch(mapped::contains);
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.5, 203.0.113.5",
        "::ffff:203.0.113.5, 203.0.113.5",
        "::ffff:cb00:7105, 203.0.113.5",
        "0:0:0:0:0:ffff:cb00:7105, 203.0.113.5",
        "[::ffff:203.0.113.5]:443, 203.0.113.5",
        "203.0.113.7:51234, 203.0.113.7",
        "[2001:db8::7]:51234, 2001:db8::7",
        "[2001:DB8:0:0:0:0:0:7], 2001:db8::7",
        "2001:db8::7%eth0, 2001:db8::7",
        "[fe80::7%25eth0]:80, fe80::7",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "0:0:0:0:0:0:0:1, ::1",
        "2001:db8:0:0:1:0:0:0, 2001:db8:0:0:1::"
    })
    void t126_readsEveryFormOfOneAddress(String hop, String address) {
        assertThat(client("10.1.0.1", hop)).isEqualTo(address);
        assertThat(client(hop)).as("as the server's own peer").isEqualTo(address);
        assertThat(log.all()).isEmpty();
    }

    @Test
    void t126_goesOnBehindATrustedHopWithAPort() {
        assertThat(client("::ffff:10.1.0.1", "203.0.113.7, 10.1.0.2:8443")).isEqualTo("203.0.113.7");
        assertThat(client("10.1.0.1:9", "203.0.113.7:1, [2001:db8:ffff::1%eth0]:8443, ::ffff:10.1.0.2"))
                .isEqualTo("203.0.113.7");
    }

    /** The client writes all hops before the last one that is not trusted, in one line or in lines of its own. */
    @Test
    void t126_takesTheLastUntrustedHopNeverTheFirst() {
        assertThat(client("10.1.0.1", "198.51.100.1, 203.0.113.7")).isEqualTo("203.0.113.7");
        assertThat(client("10.1.0.1", "198.51.100.1, 203.0.113.7, 10.1.0.2")).isEqualTo("203.0.113.7");
        assertThat(client("10.1.0.1", "198.51.100.1", "10.1.9.9, 203.0.113.7")).isEqualTo("203.0.113.7");
        assertThat(client("203.0.113.7", "198.51.100.1")).as("peer not trusted").isEqualTo("203.0.113.7");
    }

    @Test
    void takesTheFirstHopWhenAllAreTrusted() {
        assertThat(client("10.1.0.1", "10.1.7.7, 10.1.0.2")).isEqualTo("10.1.7.7");
        assertThat(client("10.1.0.1")).isEqualTo("10.1.0.1");
    }

    @ParameterizedTest
    @CsvSource({
        "unknown",
        "_hidden",
        "for=203.0.113.7",
        "203.0.113.256",
        "2001:db8::7:",
        "'198.51.100.1, '",
        "''",
        "client.example",
        "203.0.113.7:port",
        "[2001:db8::7",
        "::ffff:10.1.0.1.9"
    })
    void t126_tellsOnceOfAHopThatCannotBeRead(String header) {
        assertThat(client("10.1.0.1", header)).isEqualTo("10.1.0.1");
        assertThat(client("10.1.0.1", header)).isEqualTo("10.1.0.1");
        assertThat(log.all()).singleElement().asString().contains("10.1.0.1", "X-Forwarded-For that cannot be read");
    }

    @Test
    void t126_aTranslatorsClientsAreNotOneNetwork() {
        assertThat(IpAddress.network("64:ff9b::203.0.113.5")).isEqualTo("203.0.113.5");
        assertThat(IpAddress.network("::ffff:203.0.113.5")).isEqualTo("203.0.113.5");
        assertThat(IpAddress.network("2001:db8::1")).isEqualTo(IpAddress.network("2001:db8::2"));
        assertThat(IpAddress.network("2001:db8:0:1::1")).isNotEqualTo(IpAddress.network("2001:db8::1"));
    }

    private String client(String peer, String... forwardedFor) {
        return proxies.client(peer, List.of(forwardedFor), advice);
    }
}
