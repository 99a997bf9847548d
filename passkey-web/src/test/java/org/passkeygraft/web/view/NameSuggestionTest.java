package org.passkeygraft.web.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.passkeygraft.PasskeyName;

class NameSuggestionTest {
    private static final Texts ENGLISH = Texts.preferred(List.of());
    private static final String CHROME =
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/142.0 Safari/537.36 Edg/142.0 | Edge on Windows",
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.4 Safari/605.1.15 | Safari on Mac",
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) Version/18.4 Mobile/15E148 Safari/604.1 | Safari on iPhone",
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) CriOS/142.0 Mobile/15E148 Safari/604.1 | Chrome on iPhone",
                "Mozilla/5.0 (Linux; Android 15; SM-S931B) SamsungBrowser/27.0 Chrome/125.0 Safari/537.36 | Samsung Internet on Android",
                "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0 | Firefox on Linux",
                "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) Chrome/142.0 Safari/537.36 | Chrome on ChromeOS",
                "Something on Windows | Windows",
                "curl/8.14.1 | My passkey"
            })
    void browserAndSystemAreNamed(String userAgent, String name) {
        assertThat(NameSuggestion.of(ENGLISH, userAgent, List.of())).isEqualTo(name);
    }

    @Test
    void aBrowserThatSaysNothingGetsAPlainName() {
        assertThat(NameSuggestion.of(ENGLISH, "", List.of())).isEqualTo("My passkey");
    }

    @Test
    void aTakenNameGetsTheNextNumberHoweverItWasSpelled() {
        List<PasskeyName> taken =
                List.of(new PasskeyName("CHROME  on windows"), new PasskeyName("Chrome on Windows 2"));

        assertThat(NameSuggestion.of(ENGLISH, CHROME, taken)).isEqualTo("Chrome on Windows 3");
    }
}
