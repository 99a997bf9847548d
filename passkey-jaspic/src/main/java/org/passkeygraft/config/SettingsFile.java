package org.passkeygraft.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Reads {@code /WEB-INF/passkey.properties}, a properties file in UTF-8. */
public final class SettingsFile {
    /** Where the file is in a web application. */
    public static final String NAME = "/WEB-INF/passkey.properties";

    private static final String BYTE_ORDER_MARK = "\ufeff";

    private SettingsFile() {}

    /**
     * Returns the settings of the file, by key. A byte order mark at the beginning is ignored.
     *
     * @throws ConfigurationException if it is not UTF-8, naming the line
     */
    public static Map<String, String> read(InputStream content) throws IOException {
        String text = decoded(content.readAllBytes());
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text));
        } catch (IllegalArgumentException badEscape) {
            throw refused(
                    String.valueOf(badEscape.getMessage()),
                    "write a backslash twice, and a character by its number as \\u00fc");
        }
        Map<String, String> settings = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
        return settings;
    }

    private static String decoded(byte[] content) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer bytes = ByteBuffer.wrap(content);
        CharBuffer characters = CharBuffer.allocate(content.length);
        CoderResult result = decoder.decode(bytes, characters, true);
        if (result.isError()) {
            long line = characters
                            .flip()
                            .chars()
                            .filter(character -> character == '\n')
                            .count()
                    + 1;
            throw refused("not UTF-8 in line " + line, "save the file as UTF-8, or write \\u00fc for \u00fc");
        }
        return characters.flip().toString();
    }

    private static ConfigurationException refused(String found, String remedy) {
        return new ConfigurationException(List.of(new Problem(NAME, found, remedy)));
    }
}
