package org.passkeygraft.accounts;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.Account;

/**
 * One line of a realm file.
 *
 * @param passwordHash null if no password is right
 * @param locked whether the password begins with an exclamation mark, as in {@code /etc/shadow}
 */
record RealmUser(String name, @Nullable String passwordHash, boolean locked, Set<String> roles) {
    /** The password ends at the first comma that does not separate parameters, as Argon2's do (PHC string format). */
    private static final Pattern VALUE = Pattern.compile(
            "(!?(?:\\{[^}]{1,40}})?\\$[a-z0-9-]+\\$(?:v=[0-9]+\\$)?[a-z]+=[0-9]+(?:,[a-z]+=[0-9]+)*\\$[^,]*|[^,]*)(?:,(.*))?",
            Pattern.DOTALL);
    /** Formats of Jetty's that hide a password or cut it to eight characters. */
    private static final Pattern OBSOLETE = Pattern.compile("(OBF|CRYPT):.*", Pattern.DOTALL);

    RealmUser {
        roles = Set.copyOf(roles);
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException if it cannot be used; the message is the remedy, without the password
     */
    static RealmUser parse(String name, String value, HashFormats formats) {
        Matcher matcher = VALUE.matcher(value.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("write name: password,role");
        }
        String account = Account.named(name.strip()).name();
        String password = matcher.group(1).strip();
        boolean locked = password.startsWith("!");
        String hash = locked ? password.substring(1).strip() : password;
        boolean none = locked && (hash.isEmpty() || hash.equals("!") || hash.equals("*"));
        if (!none) {
            refuseUnlessHash(hash, formats);
        }
        return new RealmUser(account, none ? null : hash, locked, roles(matcher.group(2)));
    }

    private static void refuseUnlessHash(String hash, HashFormats formats) {
        if (hash.isEmpty()) {
            throw new IllegalArgumentException("there is no password: write a hash, or ! for an account without one");
        }
        Matcher obsolete = OBSOLETE.matcher(hash);
        if (obsolete.matches()) {
            throw new IllegalArgumentException(
                    obsolete.group(1) + ": is no safe way to keep a password: write a hash such as {bcrypt}$2b$12$...");
        }
        if (formats.read(hash).isEmpty()) {
            throw new IllegalArgumentException("the password is in no format known, or would cost too much to check:"
                    + " write a hash such as {bcrypt}$2b$12$... (or set passkey.accounts.file.password-format)");
        }
    }

    private static Set<String> roles(@Nullable String list) {
        return Optional.ofNullable(list).stream()
                .flatMap(text -> Stream.of(text.split(",", -1)))
                .map(String::strip)
                .filter(role -> !role.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether the password is kept as it is. */
    boolean isPlain(HashFormats withoutPlainText) {
        return passwordHash != null && withoutPlainText.read(passwordHash).isEmpty();
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "RealmUser[name=%s, locked=%s, roles=%s]", name, locked, roles);
    }
}
