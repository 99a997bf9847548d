package org.passkeygraft.config;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes a value of what an administrator wrote, or says how it has to be written. */
@FunctionalInterface
interface Parser<T> {
    /** How durations are written, beside ISO 8601. */
    Map<String, ChronoUnit> UNITS =
            Map.of("s", ChronoUnit.SECONDS, "m", ChronoUnit.MINUTES, "h", ChronoUnit.HOURS, "d", ChronoUnit.DAYS);

    T parse(String text) throws UnfitException;

    /** Text in one line. */
    static Parser<String> text(int longest) {
        return text -> {
            if (text.length() > longest || text.chars().anyMatch(Character::isISOControl)) {
                throw new UnfitException("write 1 to " + longest + " printable characters");
            }
            return text;
        };
    }

    /** A query; a properties file may spread it over lines. */
    static Parser<String> query() {
        Pattern start = Pattern.compile("(?is)(select|with)\\b.*[^;\\s]");
        return text -> {
            if (!start.matcher(text).matches()) {
                throw new UnfitException("write one query that begins with select or with, without a semicolon");
            }
            return text;
        };
    }

    static Parser<Boolean> flag() {
        return oneOf(Map.of("true", true, "false", false));
    }

    /** One of the words, in lower case. */
    static <T> Parser<T> oneOf(Map<String, T> words) {
        String choice = words.keySet().stream().sorted().collect(Collectors.joining(", "));
        return text -> {
            T value = words.get(text);
            if (value == null) {
                throw new UnfitException("write one of " + choice);
            }
            return value;
        };
    }

    /** One of the constants, in lower case. */
    static <E extends Enum<E>> Parser<E> constant(Class<E> type) {
        return oneOf(Arrays.stream(type.getEnumConstants())
                .collect(Collectors.toMap(constant -> constant.name().toLowerCase(Locale.ROOT), constant -> constant)));
    }

    /** One of the constants, by its label. */
    static <E> Parser<E> labelled(E[] constants, Function<E, String> label) {
        return oneOf(Arrays.stream(constants).collect(Collectors.toMap(label, constant -> constant)));
    }

    static Parser<Integer> number(int least, int most) {
        return text -> {
            if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
                throw new UnfitException("write a whole number from " + least + " to " + most);
            }
            return Integer.parseInt(text);
        };
    }

    /** {@code 90s}, {@code 5m}, {@code 1h}, {@code 90d} or ISO 8601. */
    static Parser<Duration> duration(Duration least, Duration most) {
        return text -> {
            Duration duration = duration(text);
            if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
                throw new UnfitException("write " + brief(least) + " to " + brief(most));
            }
            return duration;
        };
    }

    private static Duration duration(String text) throws UnfitException {
        Matcher matcher = Pattern.compile("([0-9]{1,9}) *([a-zA-Z]+)").matcher(text);
        String word = matcher.matches() ? matcher.group(2) : "";
        // "5 minutes" most likely means 5m.
        String unit = word.isEmpty() ? "" : word.substring(0, 1).toLowerCase(Locale.ROOT);
        Optional<Duration> meant =
                Optional.ofNullable(UNITS.get(unit)).map(known -> Duration.of(Long.parseLong(matcher.group(1)), known));
        if (meant.isPresent() && word.equals(unit)) {
            return meant.get();
        }
        try {
            return Duration.parse(text);
        } catch (DateTimeException e) {
            throw new UnfitException(meant.map(likely -> "write it as " + brief(likely) + " or " + likely)
                    .orElse("write it like 90s, 5m, 1h, 90d or PT5M"));
        }
    }

    private static String brief(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds % 86_400 == 0) {
            return seconds / 86_400 + "d";
        }
        if (seconds % 3600 == 0) {
            return seconds / 3600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }

    /** One or more, separated by commas or blanks; the same twice counts once. */
    static <T> Parser<Set<T>> setOf(Parser<T> member) {
        return text ->
                Collections.unmodifiableSet(new LinkedHashSet<>(listOf(member).parse(text)));
    }

    static <T> Parser<List<T>> listOf(Parser<T> member) {
        return text -> {
            List<T> members = new ArrayList<>();
            for (String part : text.split("[,\\s]+", -1)) {
                if (!part.isEmpty()) {
                    members.add(member.parse(part));
                }
            }
            return List.copyOf(members);
        };
    }
}
