package org.passkeygraft.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.passkeygraft.testing.ScreenlessBrowser.Answer;

/** What no answer to an attacker may show: that something broke, or how the inside is called. */
final class Discretion {
    private static final String[] INSIDE = {"Exception", "\tat ", "java.", "jakarta.", "org.passkeygraft", "com.yubico"
    };

    private Discretion() {}

    static void isKeptBy(Answer answer) {
        assertThat(answer.status()).as("status, body %s", answer.body()).isLessThan(500);
        isKeptBy(answer.body());
    }

    static void isKeptBy(String body) {
        assertThat(body).doesNotContain(INSIDE);
    }
}
