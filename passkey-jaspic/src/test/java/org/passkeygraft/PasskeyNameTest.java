package org.passkeygraft;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasskeyNameTest {
    @ParameterizedTest
    @CsvSource({
        "Key, key",
        "Key, 'Key  '",
        "Key, \u212aey",
        "K\u00e9y, Ke\u0301y",
        "Work laptop, 'WORK   laptop'",
        "Stra\u00dfe, STRASSE",
        "\uff2bey, key"
    })
    void t49_namesThatAUserWouldCallTheSameAreTheSame(String one, String other) {
        assertThat(name(one).key()).isEqualTo(name(other).key());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "\u202eyek", "a\u0000b", "a\nb", "\ue000", "K\u200bey", "\u2028", "\ud800"})
    void t49_namesThatNoListCouldShowAreRefused(String typed) {
        assertThat(PasskeyName.parse(typed)).isEmpty();
    }

    @Test
    void t49_sixtyFourCodePointsAreTheMost() {
        assertThat(PasskeyName.parse("x".repeat(64))).isPresent();
        assertThat(PasskeyName.parse("x".repeat(65))).isEmpty();
        assertThat(PasskeyName.parse("\ud83d\udd11".repeat(64))).isPresent();
        assertThat(PasskeyName.parse("x".repeat(1_000_000))).isEmpty();
    }

    /** One ligature of Arabic becomes eighteen letters: what is short as typed may be long as a key. */
    @Test
    void t49_theFoldedNameIsMeasuredToo() {
        assertThat(PasskeyName.parse("\ufdfa".repeat(4))).isEmpty();
        assertThat(PasskeyName.parse("\ufdfa".repeat(3))).isPresent();
        assertThat(PasskeyName.parse("\u00df".repeat(33)))
                .as("two letters when folded")
                .isEmpty();
        assertThat(PasskeyName.parse("\u00df".repeat(32))).isPresent();
        String joined = "\u200c".repeat(44);
        assertThat(PasskeyName.parse("\ufb01".repeat(20) + joined))
                .as("two letters each, of which folding leaves enough out")
                .isEmpty();
        assertThat(PasskeyName.parse("f".repeat(20) + joined)).isPresent();
    }

    @Test
    void emojiAndPersianKeepTheirJoiners() {
        String family = "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67";
        assertThat(name(family).text()).isEqualTo(family);
        assertThat(name("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645").key())
                .isEqualTo(name("\u0645\u06cc\u062e\u0648\u0627\u0647\u0645").key());
    }

    private static PasskeyName name(String typed) {
        return PasskeyName.parse(typed).orElseThrow();
    }
}
