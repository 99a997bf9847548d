package org.passkeygraft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BytesTest {
    @ParameterizedTest
    @ValueSource(strings = {"AA==", "AB", "A", "A+A_", "A/A_", "AA AA", "AAB", "\u00e4AAA"})
    void t04_onlyTheCanonicalSpellingIsRead(String spelling) {
        assertThat(Bytes.parse(spelling)).isEmpty();
    }

    @Test
    void everyLengthSurvivesItsSpelling() {
        for (int length = 0; length < 70; length++) {
            byte[] content = new byte[length];
            Arrays.fill(content, (byte) (200 + length));
            Bytes bytes = Bytes.of(content);
            assertThat(Bytes.parse(bytes.base64url())).contains(bytes);
        }
    }

    @Test
    void nobodyCanChangeTheContentFromOutside() {
        byte[] content = {1, 2, 3};
        Bytes bytes = Bytes.of(content);
        content[0] = 9;
        bytes.toArray()[1] = 9;
        assertThat(bytes).isEqualTo(Bytes.of(new byte[] {1, 2, 3}));
    }
}
