package org.passkeygraft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TrustedProxiesTest {
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
}
