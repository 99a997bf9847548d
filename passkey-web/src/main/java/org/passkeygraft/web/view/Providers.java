package org.passkeygraft.web.view;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/**
 * Names of passkey providers by AAGUID. A hint for the eye and nothing else: without attestation anybody can claim any
 * AAGUID, so no decision may rest on it.
 */
public final class Providers {
    private static final String TABLE = "aaguid-names.properties";

    private final Map<String, String> names;

    private Providers(Map<String, String> names) {
        this.names = Map.copyOf(names);
    }

    /** The table that comes with this library. */
    public static Providers known() {
        return knownWith(Map.of());
    }

    /** The same, with an application's own names first; a blank name takes an entry away. */
    public static Providers knownWith(Map<String, String> overrides) {
        Map<String, String> names = new HashMap<>();
        shipped().forEach((aaguid, name) -> names.put(key((String) aaguid), (String) name));
        overrides.forEach((aaguid, name) -> names.put(key(aaguid), name));
        names.values().removeIf(String::isBlank);
        return new Providers(names);
    }

    /** Empty for a provider that is not in the table and for the zeros of one that does not say. */
    public Optional<String> name(String aaguid) {
        return Optional.ofNullable(names.get(key(aaguid)));
    }

    private static String key(String aaguid) {
        return aaguid.toLowerCase(Locale.ROOT);
    }

    private static Properties shipped() {
        Properties table = new Properties();
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(Providers.class.getResourceAsStream(TABLE), TABLE), StandardCharsets.UTF_8)) {
            table.load(reader);
        } catch (IOException broken) {
            throw new UncheckedIOException("the jar of passkey-web is damaged: " + TABLE, broken);
        }
        return table;
    }
}
