package org.passkeygraft.config;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** What a protect rule is made of, written as in a security-constraint (Servlet 6.0, sections 12.2 and 13.8). */
final class PatternParser {
    private static final Pattern SHAPE = Pattern.compile("/|(/[^*]*)?/\\*|/[^*]*|\\*\\.[^*/.]+");
    private static final Pattern NEVER_IN_A_PATH = Pattern.compile("//|/\\.{1,2}(/|$)|[?#;%\\\\]|\\p{Cntrl}");
    private static final Pattern METHOD = Pattern.compile("[A-Z]+(-[A-Z]+)*");
    private static final int LONGEST = 1024;

    private PatternParser() {}

    static String pattern(String text) throws UnfitException {
        if (text.length() > LONGEST || !SHAPE.matcher(text).matches()) {
            throw new UnfitException("write /path, /path/*, *.extension or /");
        }
        if (text.length() > 1 && text.endsWith("/")) {
            throw new UnfitException("that is one address only: for all that is below it, write " + text + "*");
        }
        if (NEVER_IN_A_PATH.matcher(text).find()) {
            throw new UnfitException("write the path as servlets see it: decoded, without //, ., .., ; ? # \\ or %");
        }
        return text;
    }

    static String method(String text) throws UnfitException {
        if (!METHOD.matcher(text).matches()) {
            throw new UnfitException("write methods in upper case, such as GET, POST");
        }
        if (text.equals("TRACE")) {
            throw new UnfitException("leave TRACE out: it is always refused where a rule holds");
        }
        return text;
    }

    /** Separated by commas only: the name of a group may have blanks in it. */
    static Set<String> roles(String text) throws UnfitException {
        Set<String> roles = new LinkedHashSet<>();
        for (String part : text.split(",", -1)) {
            String role = part.strip();
            if (role.equals("*")) {
                throw new UnfitException("write ** for every caller");
            }
            if (role.isEmpty() || role.chars().anyMatch(Character::isISOControl)) {
                throw new UnfitException("write roles separated by commas, such as clerk, admin");
            }
            roles.add(role);
        }
        return roles;
    }
}
