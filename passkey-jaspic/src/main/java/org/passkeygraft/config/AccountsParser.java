package org.passkeygraft.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/** Where accounts are, if not in a database. */
final class AccountsParser {
    private static final Pattern LDAP_URL =
            Pattern.compile("ldaps?://([A-Za-z0-9.-]+|\\[[0-9a-fA-F:.]+])(:[0-9]{1,5})?/?");
    private static final Pattern ATTRIBUTE = Pattern.compile("[A-Za-z][A-Za-z0-9-]*");
    private static final Pattern CLASS =
            Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$]*(\\.[\\p{L}_$][\\p{L}\\p{N}_$]*)*");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^}]*}");
    /** The name in a comparison that says less than "equal", or says it by a rule of its own. */
    private static final Pattern OTHER_COMPARISON = Pattern.compile("[<>~:]=[^()]*\\{0}");

    private AccountsParser() {}

    static Path file(String text) throws UnfitException {
        try {
            Path path = Path.of(text);
            if (path.isAbsolute()) {
                return path.normalize();
            }
        } catch (InvalidPathException e) {
            // Told below, like a relative one.
        }
        throw new UnfitException("write the absolute path of a file");
    }

    static String ldapUrl(String text) throws UnfitException {
        if (!LDAP_URL.matcher(text).matches()) {
            throw new UnfitException(
                    "write URLs such as ldaps://ldap.example.org, without a path: the base is a key of its own");
        }
        return text;
    }

    static String distinguishedName(String text) throws UnfitException {
        try {
            return new LdapName(text).toString();
        } catch (InvalidNameException e) {
            throw new UnfitException("write a distinguished name such as ou=people,dc=example,dc=org");
        }
    }

    static String attribute(String text) throws UnfitException {
        if (!ATTRIBUTE.matcher(text).matches()) {
            throw new UnfitException("write the name of one attribute");
        }
        return text;
    }

    /** A filter (RFC 4515) without placeholders; the server looks at the rest. */
    static String filter(String text) throws UnfitException {
        return filter(text, Pattern.compile("a^"));
    }

    /**
     * A filter that compares the name typed. Only for equality: with <code>*</code> for the name it must say which
     * accounts count at all, for a passkey has no name typed.
     */
    static String accountFilter(String text) throws UnfitException {
        if (!text.contains("{0}") || OTHER_COMPARISON.matcher(text).find()) {
            throw new UnfitException(
                    "write a filter such as (uid={0}), with {0} after an equals sign for the name typed");
        }
        return filter(text, Pattern.compile("\\{0}"));
    }

    static String groupFilter(String text) throws UnfitException {
        if (!text.contains("{dn}") && !text.contains("{name}")) {
            throw new UnfitException("write a filter such as (member={dn}) or (memberUid={name})");
        }
        return filter(text, Pattern.compile("\\{(dn|name)}"));
    }

    private static String filter(String text, Pattern placeholder) throws UnfitException {
        long open = text.chars().filter(character -> character == '(').count();
        long closed = text.chars().filter(character -> character == ')').count();
        if (!text.startsWith("(") || !text.endsWith(")") || open != closed) {
            throw new UnfitException("write a filter in balanced parentheses, such as (uid={0})");
        }
        boolean others = PLACEHOLDER
                .matcher(text)
                .results()
                .anyMatch(found -> !placeholder.matcher(found.group()).matches());
        if (others) {
            throw new UnfitException("there is no such placeholder here");
        }
        return text;
    }

    static String className(String text) throws UnfitException {
        if (!CLASS.matcher(text).matches()) {
            throw new UnfitException("write the full names of classes, such as org.example.RolePrincipal");
        }
        return text;
    }
}
