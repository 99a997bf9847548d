package org.passkeygraft.web.arming;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.passkeygraft.web.arming.Tag.Attribute;

/**
 * Finds the tags of a page the way browsers do (HTML, section 13.2.5), as far as that needs no tree; markup that has more
 * than one reading is a {@link DoubtException}. Every character of markup is ASCII, so that bytes of any encoding that
 * extends ASCII can be scanned as if they were ISO 8859-1.
 */
final class PageScanner {
    /** Elements whose content is text up to their end tag; in {@code noscript} it is for browsers without script. */
    private static final Set<String> TEXT_ONLY =
            Set.of("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript");
    /** Elements whose content is not part of the page, or not HTML any more. */
    private static final Set<String> DOUBTFUL = Set.of("plaintext", "template", "frameset");

    private final String page;
    private final List<Tag> tags = new ArrayList<>();
    private int at;

    private PageScanner(String page) {
        this.page = page;
    }

    /** The tags in their order. */
    static List<Tag> scan(CharSequence page) throws DoubtException {
        PageScanner scanner = new PageScanner(page.toString());
        scanner.scan();
        return List.copyOf(scanner.tags);
    }

    private void scan() throws DoubtException {
        for (at = page.indexOf('<'); at >= 0; at = page.indexOf('<', at)) {
            if (page.startsWith("<!--", at)) {
                skipComment();
            } else if (page.startsWith("<![CDATA[", at)) {
                throw new DoubtException("it has a CDATA section");
            } else if (isAt('!', 1) || isAt('?', 1)) {
                skipBehind(">");
            } else if (isAt('/', 1)) {
                readEndTag();
            } else if (isLetterAt(at + 1)) {
                readStartTag();
            } else {
                at++;
            }
        }
    }

    private void skipComment() throws DoubtException {
        // Sections 13.2.5.43 and 44: an abrupt end. 13.2.5.51 and 53: some browsers of old end otherwise.
        if (page.startsWith("<!-->", at) || page.startsWith("<!--->", at)) {
            throw new DoubtException("a comment of it ends at once");
        }
        int start = at + 4;
        skipBehind("-->");
        if (page.substring(start, at).contains("--!>")) {
            throw new DoubtException("a comment of it ends in --!>");
        }
    }

    private void skipBehind(String end) throws DoubtException {
        int found = page.indexOf(end, at);
        if (found < 0) {
            throw new DoubtException("markup of it does not end");
        }
        at = found + end.length();
    }

    private void readEndTag() throws DoubtException {
        if (isLetterAt(at + 2)) {
            Tag tag = readTag(at + 2, true);
            tags.add(tag);
            at = tag.end();
        } else {
            skipBehind(">"); // a comment to browsers
        }
    }

    private void readStartTag() throws DoubtException {
        Tag tag = readTag(at + 1, false);
        if (DOUBTFUL.contains(tag.name())) {
            throw new DoubtException("it has a " + tag.name() + " element");
        }
        tags.add(tag);
        at = tag.end();
        if (TEXT_ONLY.contains(tag.name())) {
            if (page.charAt(tag.end() - 2) == '/') {
                throw new DoubtException("an empty " + tag.name() + " element of it may or may not end");
            }
            skipText(tag.name());
        }
    }

    /** To the end tag, which the scan goes on with. */
    private void skipText(String element) throws DoubtException {
        int start = at;
        at = page.indexOf("</", start);
        while (at >= 0 && !isEndTagOf(element)) {
            at = page.indexOf("</", at + 2);
        }
        if (at < 0) {
            throw new DoubtException("a " + element + " element of it does not end");
        }
        String text = page.substring(start, at).toLowerCase(Locale.ROOT);
        // Section 13.2.5.20 on: inside <!-- a second <script hides the end tag.
        if (element.equals("script") && text.contains("<!--") && text.contains("<script")) {
            throw new DoubtException("a script of it has a script in a comment");
        }
    }

    private boolean isEndTagOf(String element) {
        int behind = at + 2 + element.length();
        return behind < page.length()
                && isWordAt(at + 2, element)
                && (isSpace(page.charAt(behind)) || page.charAt(behind) == '>' || page.charAt(behind) == '/');
    }

    /** In any case of ASCII alone: to Java a long s is an S too, to a browser it is not. */
    private boolean isWordAt(int start, String lowerCase) {
        for (int i = 0; i < lowerCase.length(); i++) {
            if ((page.charAt(start + i) | 0x20) != lowerCase.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private Tag readTag(int nameStart, boolean closing) throws DoubtException {
        int nameEnd = nameStart;
        while (!isSpaceOrEnd(nameEnd)) {
            nameEnd++;
        }
        List<Attribute> attributes = new ArrayList<>();
        Set<String> names = new HashSet<>();
        int next = nameEnd;
        while (charAt(next) != '>') {
            if (isSpace(charAt(next)) || charAt(next) == '/') {
                next++;
            } else {
                Attribute attribute = readAttribute(next);
                if (!names.add(attribute.name())) {
                    throw new DoubtException("a tag of it has an attribute twice: " + attribute.name());
                }
                attributes.add(attribute);
                next = attribute.end();
            }
        }
        String name = page.substring(nameStart, nameEnd).toLowerCase(Locale.ROOT);
        return new Tag(name, closing, at, nameEnd, next + 1, attributes);
    }

    private Attribute readAttribute(int start) throws DoubtException {
        int nameEnd = start;
        while (!isSpaceOrEnd(nameEnd) && charAt(nameEnd) != '=') {
            if ("\"'<".indexOf(charAt(nameEnd)) >= 0) {
                throw new DoubtException("a tag of it has a quote or < where a name should be");
            }
            nameEnd++;
        }
        if (nameEnd == start) {
            throw new DoubtException("a tag of it has a value without a name");
        }
        String name = page.substring(start, nameEnd).toLowerCase(Locale.ROOT);
        int equals = skipSpace(nameEnd);
        if (charAt(equals) != '=') {
            return new Attribute(name, "", start, nameEnd);
        }
        int value = skipSpace(equals + 1);
        char quote = charAt(value);
        if (quote == '"' || quote == '\'') {
            int end = page.indexOf(quote, value + 1);
            if (end < 0) {
                throw new DoubtException("a value of it does not end");
            }
            return new Attribute(name, page.substring(value + 1, end), start, end + 1);
        }
        int end = value;
        while (!isSpace(charAt(end)) && charAt(end) != '>') {
            if ("\"'<=`".indexOf(charAt(end)) >= 0) {
                throw new DoubtException("a value of it has a quote but does not begin with it");
            }
            end++;
        }
        if (end == value) {
            throw new DoubtException("an attribute of it has no value behind its =");
        }
        return new Attribute(name, page.substring(value, end), start, end);
    }

    private int skipSpace(int from) throws DoubtException {
        int next = from;
        while (isSpace(charAt(next))) {
            next++;
        }
        return next;
    }

    private boolean isSpaceOrEnd(int index) throws DoubtException {
        char c = charAt(index);
        return isSpace(c) || c == '>' || c == '/';
    }

    private char charAt(int index) throws DoubtException {
        if (index >= page.length()) {
            throw new DoubtException("its last tag does not end");
        }
        return page.charAt(index);
    }

    private boolean isAt(char c, int distance) {
        return at + distance < page.length() && page.charAt(at + distance) == c;
    }

    private boolean isLetterAt(int index) {
        return index < page.length() && isLetter(page.charAt(index));
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
    }
}
