package org.passkeygraft.ceremony;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

class SelfTestTest {
    @Test
    void thisPlatformVerifiesAGoodSignatureAndRefusesZeros() {
        assertThatCode(AuthenticationCeremony::selfTest).doesNotThrowAnyException();
    }
}
