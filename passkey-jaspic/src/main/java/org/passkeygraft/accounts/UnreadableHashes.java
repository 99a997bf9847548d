package org.passkeygraft.accounts;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells the operator of each account whose stored hash cannot be read, once and for a hundred accounts at most, so that
 * nobody can fill the log. Never writes a part of the hash, which may be a password in plain text. Thread-safe.
 */
final class UnreadableHashes {
    private static final Logger LOG = System.getLogger(UnreadableHashes.class.getName());
    private static final int MAX_ACCOUNTS = 100;

    /** The names that formats put in front; whatever else stands there could be the password itself. */
    private static final Pattern FORMAT = Pattern.compile("\\{[A-Za-z0-9@_.-]{1,40}}"
            + "|\\$(?:[1-9][a-z]?|y|gy|apr1|argon2[a-z]*|pbkdf2[a-z0-9-]*|scrypt|md5|sha1|P|H|S)\\$"
            + "|(?:(?i:pbkdf2|scrypt|argon2|bcrypt|sha|md5)[A-Za-z0-9_-]{0,20})[$:]");

    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]+");
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]+={0,2}");

    private final Set<String> told = ConcurrentHashMap.newKeySet();

    void tell(AccountRow row) {
        if (told.size() < MAX_ACCOUNTS && told.add(row.account().key())) {
            LOG.log(
                    Level.WARNING,
                    "the password of account {0} cannot be checked: its stored hash, {1}, is in no format known or would cost"
                            + " too much; see passkey.accounts.sql.password-format, or let the user set a new password",
                    TypedName.oneLine(row.account().name()),
                    shape(String.valueOf(row.passwordHash())));
        }
    }

    /** Returns what the hash looks like: its format's name and its length, and nothing else of it. */
    static String shape(String stored) {
        String text = stored.strip();
        Matcher format = FORMAT.matcher(text);
        if (format.lookingAt()) {
            return format.group() + " and " + (text.length() - format.end()) + " characters";
        }
        if (HEX.matcher(text).matches()) {
            return text.length() + " hexadecimal digits";
        }
        return text.length() + (BASE64.matcher(text).matches() ? " characters of base64" : " characters");
    }
}
