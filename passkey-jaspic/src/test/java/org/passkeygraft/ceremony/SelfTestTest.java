package org.passkeygraft.ceremony;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

/** T-25: a platform that takes a signature of zeros (CVE-2022-21449) is found before the first logon. */
class SelfTestTest {
    @Test
    void thisPlatformVerifiesAGoodSignatureAndRefusesZeros() {
        assertThatCode(AuthenticationCeremony::selfTest).doesNotThrowAnyException();
    }
}
