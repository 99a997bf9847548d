package org.passkeygraft.web.view;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.passkeygraft.PasskeyName;
import org.passkeygraft.UserAgent;

/**
 * Suggests a name for a new passkey from what the browser says of itself: "Chrome on Windows", and with a number where
 * the user already has that. A suggestion only: no feature depends on recognising a browser.
 */
public final class NameSuggestion {
    private NameSuggestion() {}

    /**
     * A name that this user does not have yet.
     *
     * @param userAgent as sent, empty if not
     * @param taken the names this user already gave
     */
    public static String of(Texts texts, String userAgent, Collection<PasskeyName> taken) {
        Set<String> keys = taken.stream().map(PasskeyName::key).collect(Collectors.toSet());
        String plain = plain(texts, userAgent);
        return Stream.iterate(1, number -> number + 1)
                .map(number -> number == 1 ? plain : plain + ' ' + number)
                .filter(name -> !keys.contains(new PasskeyName(name).key()))
                .findFirst()
                .orElseThrow();
    }

    private static String plain(Texts texts, String userAgent) {
        UserAgent agent = new UserAgent(userAgent);
        Optional<String> browser = agent.browser();
        Optional<String> system = agent.system();
        if (browser.isPresent() && system.isPresent()) {
            return texts.get("suggestion.both")
                    .replace("{browser}", browser.get())
                    .replace("{system}", system.get());
        }
        return browser.or(() -> system).orElseGet(() -> texts.get("suggestion.neither"));
    }
}
