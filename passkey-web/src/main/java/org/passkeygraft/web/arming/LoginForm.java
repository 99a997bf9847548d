package org.passkeygraft.web.arming;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.web.arming.Tag.Attribute;

/**
 * The one form of a page that takes a user name and a password.
 *
 * @param tag its start tag
 * @param username the tag of the user name field
 * @param end where its end tag begins
 */
record LoginForm(Tag tag, Tag username, int end) {
    private static final String TOKENS = "username webauthn";
    private static final Set<String> TEXT_LIKE = Set.of("", "text", "email", "tel");

    /** Finds it; a page that has none, or more than one, is left alone. */
    static LoginForm find(List<Tag> tags) throws DoubtException {
        List<LoginForm> named = new ArrayList<>();
        List<LoginForm> all = new ArrayList<>();
        for (int i = 0; i < tags.size(); i++) {
            if (tags.get(i).opens("form")) {
                int end = endOf(tags, i);
                List<Tag> inputs = tags.subList(i, end).stream()
                        .filter(tag -> tag.opens("input"))
                        .toList();
                find(tags.get(i), inputs, tags.get(end).start()).ifPresent(form -> {
                    all.add(form);
                    if (form.username().value("name").equals("j_username")) {
                        named.add(form);
                    }
                });
                i = end;
            }
        }
        List<LoginForm> chosen = named.isEmpty() ? all : named;
        if (chosen.size() != 1) {
            throw new DoubtException(
                    "it has " + chosen.size() + " forms with a user name field before one password field");
        }
        return chosen.get(0);
    }

    private static int endOf(List<Tag> tags, int start) throws DoubtException {
        for (int i = start + 1; i < tags.size(); i++) {
            if (tags.get(i).opens("form")) {
                throw new DoubtException("a form of it begins inside another");
            }
            if (tags.get(i).closes("form")) {
                return i;
            }
        }
        throw new DoubtException("a form of it does not end");
    }

    /** With a second password, or a new one, it is a form to register or to change the password. */
    private static Optional<LoginForm> find(Tag tag, List<Tag> inputs, int end) throws DoubtException {
        Tag candidate = null;
        Tag username = null;
        int passwords = 0;
        for (Tag input : inputs) {
            String type = type(input);
            if (type.equals("password")) {
                passwords += isNewPassword(input) ? 2 : 1;
                username = candidate;
            } else if (TEXT_LIKE.contains(type) && isUsable(input) && !isNamed(candidate)) {
                candidate = input;
            }
        }
        return passwords == 1 && username != null ? Optional.of(new LoginForm(tag, username, end)) : Optional.empty();
    }

    /** The name that the Servlet specification gives (section 13.6.3) is not outdone by a later field. */
    private static boolean isNamed(@Nullable Tag field) {
        return field != null && field.value("name").equals("j_username");
    }

    private static boolean isUsable(Tag input) {
        return !input.value("name").isEmpty()
                && input.attribute("disabled").isEmpty()
                && input.attribute("readonly").isEmpty();
    }

    private static String type(Tag input) throws DoubtException {
        String type = input.value("type").strip().toLowerCase(Locale.ROOT);
        if (type.contains("&") || input.attribute("form").isPresent()) {
            throw new DoubtException("a field of its form may be another than it seems");
        }
        return type;
    }

    /** The page with the form armed; nothing else of it changes. */
    String armed(String page, String script) {
        StringBuilder armed = new StringBuilder(page.length() + script.length() + 64);
        Optional<Attribute> present = username.attribute("autocomplete");
        if (present.filter(attribute -> has(attribute, "webauthn")).isPresent()) {
            armed.append(page, 0, end);
        } else if (present.isPresent()) {
            armed.append(page, 0, present.get().start()).append(autocomplete());
            armed.append(page, present.get().end(), end);
        } else {
            armed.append(page, 0, username.nameEnd()).append(' ').append(autocomplete());
            armed.append(page, username.nameEnd(), end);
        }
        return armed.append(script).append(page, end, page.length()).toString();
    }

    private static boolean isNewPassword(Tag input) {
        return input.attribute("autocomplete")
                .filter(attribute -> has(attribute, "new-password"))
                .isPresent();
    }

    private static boolean has(Attribute autocomplete, String token) {
        return List.of(autocomplete.value().toLowerCase(Locale.ROOT).split("\\s+"))
                .contains(token);
    }

    private static String autocomplete() {
        return "autocomplete=\"" + TOKENS + '"';
    }
}
