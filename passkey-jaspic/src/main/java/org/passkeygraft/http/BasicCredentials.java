package org.passkeygraft.http;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A name and a password as a machine client sends them with every request: RFC 7617, in UTF-8. */
final class BasicCredentials implements AutoCloseable {
    private static final String HEADER = "Authorization";
    private static final String SCHEME = "basic ";
    private static final BasicCredentials UNREADABLE = new BasicCredentials("", new char[0]);

    private final String username;
    private final char[] password;

    private BasicCredentials(String username, char[] password) {
        this.username = username;
        this.password = password;
    }

    static boolean areSent(HttpServletRequest request) {
        return headers(request).stream().anyMatch(BasicCredentials::isBasic);
    }

    /** Nameless ones, which are nobody's, for what cannot be read or is sent twice. */
    static BasicCredentials of(HttpServletRequest request) {
        List<String> headers = headers(request);
        return headers.size() == 1 ? decode(headers.get(0)).orElse(UNREADABLE) : UNREADABLE;
    }

    private static List<String> headers(HttpServletRequest request) {
        return Headers.of(request, HEADER);
    }

    private static boolean isBasic(String header) {
        return header.toLowerCase(Locale.ROOT).startsWith(SCHEME);
    }

    private static Optional<BasicCredentials> decode(String header) {
        byte[] octets = new byte[0];
        try {
            octets =
                    Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets));
            try {
                return split(text);
            } finally {
                Arrays.fill(text.array(), '\0');
            }
        } catch (IllegalArgumentException | CharacterCodingException malformed) {
            return Optional.empty();
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }

    /** The name ends at the first colon; a password may have more. */
    private static Optional<BasicCredentials> split(CharBuffer text) {
        int colon = 0;
        while (colon < text.length() && text.charAt(colon) != ':') {
            colon++;
        }
        if (colon == text.length()) {
            return Optional.empty();
        }
        char[] password = new char[text.length() - colon - 1];
        String username = text.subSequence(0, colon).toString();
        text.position(text.position() + colon + 1).get(password);
        return Optional.of(new BasicCredentials(username, password));
    }

    String username() {
        return username;
    }

    char[] password() {
        return password;
    }

    @Override
    public void close() {
        Arrays.fill(password, '\0');
    }
}
