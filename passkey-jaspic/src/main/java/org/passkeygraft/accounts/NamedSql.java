package org.passkeygraft.accounts;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A query with named parameters, made into one with question marks.
 *
 * @param sql as JDBC takes it
 * @param parameters the name of each question mark's parameter, in order
 */
record NamedSql(String sql, List<String> parameters) {
    /** What stands for itself comes first, so that a colon or a question mark within it is never seen. */
    private static final Pattern TOKEN = Pattern.compile("""
            (?xs)
              [eE]' (?: [^'\\\\]++ | \\\\. | '' )*+ '   # PostgreSQL's string with escapes
            | ' [^']* '                                 # string; a doubled quote begins the next
            | " [^"]* "                                 # quoted name
            | ` [^`]* `                                 # quoted name of MySQL and MariaDB
            | (\\$ \\w* \\$) .*? \\1                    # PostgreSQL's dollar quotes
            | -- [^\\n]*                                # comment
            | /\\* .*? \\*/                             # comment
            | ::                                        # PostgreSQL's cast
            | [\\w$]+                                   # word, so that none is taken apart
            | : (?<name> [a-zA-Z]\\w* )
            | (?<mark> \\? )
            | .
            """);

    NamedSql {
        parameters = List.copyOf(parameters);
    }

    /**
     * Finds the parameters.
     *
     * @throws IllegalArgumentException for a parameter that is not allowed; the message is the remedy
     */
    static NamedSql parse(String text, List<String> allowed) {
        StringBuilder sql = new StringBuilder(text.length());
        List<String> parameters = new ArrayList<>();
        Matcher token = TOKEN.matcher(text);
        while (token.find()) {
            String name = token.group("name");
            if (token.group("mark") != null || (name != null && !allowed.contains(name))) {
                throw new IllegalArgumentException(
                        "write " + spoken(allowed) + " for a parameter, not " + token.group());
            }
            if (name != null) {
                parameters.add(name);
            }
            sql.append(name == null ? token.group() : "?");
        }
        return new NamedSql(sql.toString(), parameters);
    }

    private static String spoken(List<String> names) {
        return ":" + String.join(" or :", names);
    }
}
