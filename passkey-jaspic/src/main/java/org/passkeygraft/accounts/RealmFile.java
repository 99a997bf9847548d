package org.passkeygraft.accounts;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * What a file in the format of Jetty's {@code HashLoginService} says: a properties file whose lines are
 * {@code name: password[,role ...]}.
 *
 * @param problems one sentence a line that cannot be used; never a password
 */
record RealmFile(Map<String, RealmUser> users, List<String> problems) {
    RealmFile {
        users = Map.copyOf(users);
        problems = List.copyOf(problems);
    }

    static RealmFile parse(String text, HashFormats formats) {
        Map<String, RealmUser> users = new HashMap<>();
        Map<String, Integer> lines = new HashMap<>();
        List<String> problems = new ArrayList<>();
        for (LogicalLine line : logicalLines(text)) {
            try {
                line.entry().ifPresent(entry -> {
                    RealmUser user = RealmUser.parse(entry.getKey(), entry.getValue(), formats);
                    Integer before = lines.putIfAbsent(user.name(), line.number());
                    if (before != null) {
                        throw new IllegalArgumentException("the name is in line " + before + " already");
                    }
                    users.put(user.name(), user);
                });
            } catch (IllegalArgumentException e) {
                problems.add("line " + line.number() + ": " + e.getMessage());
            }
        }
        return new RealmFile(users, problems);
    }

    /** Lines as {@link Properties#load} joins them, which does not tell their numbers. */
    private static List<LogicalLine> logicalLines(String text) {
        List<LogicalLine> lines = new ArrayList<>();
        StringBuilder joined = new StringBuilder();
        int start = 0;
        int number = 0;
        for (String line : text.split("\r\n|\r|\n", -1)) {
            number++;
            if (joined.isEmpty()) {
                start = number;
            }
            joined.append(joined.isEmpty() ? line : line.stripLeading());
            if (isContinued(joined)) {
                joined.setLength(joined.length() - 1);
            } else {
                lines.add(new LogicalLine(start, joined.toString()));
                joined.setLength(0);
            }
        }
        lines.add(new LogicalLine(start, joined.toString()));
        return lines;
    }

    /** By an odd number of backslashes at the end, but for comments. */
    private static boolean isContinued(CharSequence line) {
        String text = line.toString();
        int backslashes = text.length() - text.replaceFirst("\\\\+$", "").length();
        return backslashes % 2 == 1 && !text.stripLeading().matches("(?s)[#!].*");
    }

    private record LogicalLine(int number, String text) {
        /** Empty for a comment or a blank line. */
        Optional<Map.Entry<String, String>> entry() {
            Properties one = new Properties();
            try {
                one.load(new StringReader(text));
            } catch (IOException e) {
                throw new IllegalStateException("a text can be read", e);
            }
            return one.stringPropertyNames().stream().findFirst().map(name -> Map.entry(name, one.getProperty(name)));
        }
    }
}
