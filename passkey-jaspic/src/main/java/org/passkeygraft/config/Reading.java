package org.passkeygraft.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.passkeygraft.config.Settings.Found;

/**
 * One pass through the settings that goes on after a problem, so that an administrator sees all of them at once. What it
 * gives after a problem is the key's example: good enough to go on with, never to be used.
 */
final class Reading {
    private static final String MISSPELT = "there is no such key; did you mean %s?";

    private final Settings settings;
    private final List<Problem> problems = new ArrayList<>();
    private final Set<Key<?>> unsound = new HashSet<>();

    Reading(Settings settings) {
        this.settings = settings;
    }

    /** The value set, or the default. A key without either is a problem. */
    <T> T require(Key<T> key, String remedy) {
        Optional<T> value = find(key);
        if (value.isEmpty()) {
            problems.add(new Problem(key.name(), null, remedy));
            unsound.add(key);
        }
        return value.orElseGet(() -> placeholder(key));
    }

    /** The value of a key that has a default. */
    <T> T value(Key<T> key) {
        return find(key).orElseThrow();
    }

    /** The value set, or the default if there is one. */
    <T> Optional<T> find(Key<T> key) {
        Optional<Found> found = settings.find(key);
        if (found.isPresent()) {
            return Optional.of(parse(key, found.get()));
        }
        return key.defaultText().map(text -> parse(key, new Found("default", text)));
    }

    boolean isSet(Key<?> key) {
        return settings.find(key).isPresent();
    }

    /** Adds a problem with what is set there. */
    void refuse(Key<?> key, String remedy) {
        problems.add(settings.find(key)
                .map(found -> problem(key, found, remedy))
                .orElseGet(() -> new Problem(key.name(), null, remedy)));
        unsound.add(key);
    }

    /** Whether nothing is wrong with any of these so far, so that they can be compared. */
    boolean isSound(Key<?>... keys) {
        return List.of(keys).stream().noneMatch(unsound::contains);
    }

    /** Whatever is set that nothing reads was meant to be something else. */
    void refuseUnknownNames() {
        Predicate<String> known = name -> Keys.all().stream().anyMatch(key -> key.isWritten(name));
        settings.names().filter(known.negate()).forEach(name -> {
            String nearest = Spelling.nearest(name, Keys.all().stream().map(Key::name));
            // A misspelt password is a password all the same.
            problems.add(new Problem(name, "***", MISSPELT.formatted(nearest)));
        });
    }

    void throwIfRefused() {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }

    private <T> T parse(Key<T> key, Found found) {
        String text = key.secret() ? found.value() : found.value().strip();
        try {
            if (text.isEmpty() && !key.mayBeEmpty()) {
                throw new UnfitException("give it a value, or leave the key out");
            }
            return key.parser().parse(text);
        } catch (UnfitException e) {
            problems.add(problem(key, found, e.remedy()));
            unsound.add(key);
            return placeholder(key);
        }
    }

    private static Problem problem(Key<?> key, Found found, String remedy) {
        String value = key.secret() ? "***" : found.value();
        return new Problem(key.name(), value, remedy + " (" + found.place() + ")");
    }

    private static <T> T placeholder(Key<T> key) {
        try {
            return key.parser().parse(key.example());
        } catch (UnfitException e) {
            throw new IllegalStateException("the example of " + key.name() + " must be valid", e);
        }
    }
}
