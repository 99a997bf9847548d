package org.passkeygraft.testing;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.passkeygraft.Bytes;
import org.passkeygraft.testing.Draft.Stage;

/** WebAuthn Level 3, section 7.1 steps 5 to 12 and section 7.2 steps 8 to 14. */
final class ClientDataVariants {
    private static final int LONGEST = 8 * 1024;

    private ClientDataVariants() {}

    static void addTo(Catalogue catalogue) {
        addTypes(catalogue);
        addChallenges(catalogue);
        addOrigins(catalogue);
        addFrames(catalogue);
        addMembers(catalogue);
        addHarmlessTexts(catalogue);
        addBrokenTexts(catalogue);
        addEncodings(catalogue);
    }

    private static void addTypes(Catalogue catalogue) {
        String right = catalogue.ofRegistrations() ? "webauthn.create" : "webauthn.get";
        String other = catalogue.ofRegistrations() ? "webauthn.get" : "webauthn.create";
        List.of(
                        other,
                        right.toUpperCase(Locale.ROOT),
                        "",
                        right + " ",
                        " " + right,
                        right + "\0",
                        "webauthn",
                        "payment.get",
                        "public-key")
                .forEach(type -> catalogue.refused(
                        "client data: type '" + type.replace('\0', '0') + "'", lies -> lies.withType(type)));
        addNoText(catalogue, "type");
    }

    private static void addChallenges(Catalogue catalogue) {
        catalogue.unknown("client data: empty challenge", lies -> lies.withChallenge(""));
        catalogue.unknown(
                "client data: another challenge",
                lies -> lies.withChallenge(Octets.random(32).base64url()));
        catalogue.unknown(
                "client data: challenge of zeros",
                lies -> lies.withChallenge(Bytes.of(new byte[32]).base64url()));
        changedChallenge(catalogue, "with its first bit changed", bytes -> Octets.flip(bytes, bytes.length() * 8 - 1));
        changedChallenge(catalogue, "with its last bit changed", bytes -> Octets.flip(bytes, 0));
        changedChallenge(catalogue, "shortened by a byte", bytes -> Octets.first(bytes, bytes.length() - 1));
        changedChallenge(catalogue, "cut to half", bytes -> Octets.first(bytes, bytes.length() / 2));
        changedChallenge(catalogue, "padded by a zero byte", bytes -> Octets.append(bytes, 0));
        changedChallenge(catalogue, "doubled", bytes -> Bytes.of(Octets.join(bytes.toArray(), bytes.toArray())));
        changedChallenge(catalogue, "hashed", Bytes::sha256);
        Spelling.wrong()
                .forEach((way, change) -> catalogue.respelled(
                        "client data: challenge " + way, lies -> changing(lies, "challenge", change)));
        addNoText(catalogue, "challenge");
    }

    private static void changedChallenge(Catalogue catalogue, String how, UnaryOperator<Bytes> change) {
        catalogue.unknown(
                "client data: challenge " + how,
                lies -> changing(
                        lies,
                        "challenge",
                        text -> change.apply(Bytes.require(text)).base64url()));
    }

    private static void addOrigins(Catalogue catalogue) {
        Map<String, UnaryOperator<String>> origins = new LinkedHashMap<>();
        origins.put("of another host", origin -> "https://evil.example");
        origins.put(
                "of another scheme",
                origin -> origin.startsWith("https:") ? "http" + origin.substring(5) : "https" + origin.substring(4));
        origins.put(
                "of another port",
                origin -> URI.create(origin).getPort() == 8444 ? bare(origin) + ":8445" : bare(origin) + ":8444");
        origins.put("of a subdomain", origin -> origin.replace("://", "://evil."));
        origins.put("of a host it is a part of", origin -> origin.replace("://", "://evil"));
        origins.put("followed by another domain", origin -> origin + ".evil.example");
        origins.put("with a trailing dot", origin -> bare(origin) + ".");
        origins.put("with a trailing slash", origin -> origin + "/");
        origins.put("with a path", origin -> origin + "/passkey");
        origins.put("with a query", origin -> origin + "?");
        origins.put("with a user", origin -> origin.replace("://", "://user@"));
        origins.put("as the user of another host", origin -> origin + "@evil.example");
        origins.put("in capitals", origin -> origin.toUpperCase(Locale.ROOT));
        origins.put("without its scheme", origin -> origin.substring(origin.indexOf("//") + 2));
        origins.put("after a blank", origin -> " " + origin);
        origins.put("before a blank", origin -> origin + " ");
        origins.put("before a NUL", origin -> origin + "\0");
        origins.put("with a letter of another script", origin -> origin.replace("://", "://\u0430"));
        origins.put("shortened", origin -> origin.substring(0, origin.length() - 1));
        origins.put("that is empty", origin -> "");
        origins.put("that is opaque", origin -> "null");
        origins.put("that is any", origin -> "*");
        origins.put(
                "of an Android app",
                origin -> "android:apk-key-hash:" + Bytes.of(new byte[32]).base64url());
        origins.put("of an iOS app", origin -> "ios:bundle-id:example.app");
        origins.put("of a file", origin -> "file://");
        origins.put("of an extension", origin -> "chrome-extension://abcdefghijklmnopabcdefghijklmnop");
        origins.forEach((what, change) ->
                catalogue.refused("client data: origin " + what, lies -> changing(lies, "origin", change)));
        addNoText(catalogue, "origin");
    }

    private static String bare(String origin) {
        URI uri = URI.create(origin);
        return uri.getScheme() + "://" + uri.getHost();
    }

    private static void addFrames(Catalogue catalogue) {
        catalogue.accepted("client data: no crossOrigin", lies -> lies.withoutClientDataMember("crossOrigin"));
        catalogue.refused("client data: crossOrigin true", lies -> lies.withCrossOrigin(true));
        catalogue.refused("client data: topOrigin of another site", lies -> lies.withTopOrigin("https://evil.example"));
        catalogue.refused(
                "client data: crossOrigin true and a topOrigin",
                lies -> lies.withCrossOrigin(true).withTopOrigin("https://evil.example"));
        catalogue.refused(
                "client data: topOrigin of the same site",
                lies -> lies.with(
                        Stage.CLIENT_DATA, draft -> draft.clientData.put("topOrigin", draft.clientData.get("origin"))));
        List.of("\"true\"", "\"false\"", "0", "1", "[]", "{}")
                .forEach(json -> catalogue.invalid(
                        "client data: crossOrigin " + json, lies -> lies.withClientDataMember("crossOrigin", json)));
    }

    private static void addMembers(Catalogue catalogue) {
        Map<String, String> unknown = new LinkedHashMap<>();
        unknown.put(
                "other_keys_can_be_added_here",
                "\"do not compare clientDataJSON against a template. See https://goo.gl/yabPex\"");
        unknown.put("tokenBinding", "{\"status\":\"supported\"}");
        unknown.put("virtual_authenticator", "\"GenerateSoftwareKey\"");
        unknown.put("list", "[1,2.5,null,true,{\"a\":[]}]");
        unknown.put("Origin", "\"https://evil.example\"");
        unknown.put("__proto__", "{\"origin\":\"https://evil.example\"}");
        unknown.put("passkey \u901a\u884c\u5bc6\u94a5", "\"\u901a\u884c\u5bc6\u94a5 \ud83d\udd11\"");
        unknown.forEach((name, json) -> catalogue.accepted(
                "client data: unknown member " + name, lies -> lies.withClientDataMember(name, json)));
        for (String name : List.of("type", "challenge", "origin", "crossOrigin")) {
            catalogue.invalid(
                    "client data: " + name + " twice",
                    lies -> lies.with(
                            Stage.CLIENT_DATA, draft -> draft.clientData.repeat(name, draft.clientData.get(name))));
            catalogue.invalid(
                    "client data: " + name + " twice, once null",
                    lies -> lies.withRepeatedClientDataMember(name, "null"));
        }
        catalogue.invalid(
                "client data: another origin first",
                lies -> lies.with(Stage.CLIENT_DATA, draft -> {
                    Object origin = draft.clientData.get("origin");
                    draft.clientData.put("origin", "https://evil.example").repeat("origin", origin);
                }));
        catalogue.invalid(
                "client data: an escaped spelling of origin as well",
                lies -> lies.withClientDataJson(
                        json -> replaced(json, "}", ",\"\\u006frigin\":\"https://evil.example\"}")));
    }

    private static void addHarmlessTexts(Catalogue catalogue) {
        Map<String, UnaryOperator<Bytes>> texts = new LinkedHashMap<>();
        texts.put("spaced", json -> replaced(json, ",", " , "));
        texts.put("on several lines", json -> replaced(replaced(json, ",", ",\r\n\t"), "{", "\n{\n"));
        texts.put("before a line feed", json -> Octets.append(json, '\n'));
        texts.put("with escaped slashes", json -> replaced(json, "/", "\\/"));
        texts.put("with escaped letters", json -> replaced(json, "webauthn", "\\u0077ebauthn"));
        texts.put("of 8 KiB", json -> spaces(json, LONGEST));
        texts.forEach((what, change) ->
                catalogue.accepted("client data: text " + what, lies -> lies.withClientDataJson(change)));
        catalogue.accepted(
                "client data: members in another order",
                lies -> lies.with(Stage.CLIENT_DATA, draft -> draft.clientData.rotate()));
        catalogue.accepted(
                "client data: unknown member 8 levels deep",
                lies -> lies.withClientDataMember("deep", "[".repeat(8) + "]".repeat(8)));
        if (!catalogue.ofRegistrations()) {
            texts.forEach((what, change) -> catalogue.refused(
                    "client data: after signing, text " + what, lies -> lies.swappingClientDataJson(change)));
        }
    }

    private static void addBrokenTexts(Catalogue catalogue) {
        Map<String, UnaryOperator<Bytes>> texts = new LinkedHashMap<>();
        texts.put("with a tail", json -> Octets.append(json, 'x'));
        texts.put("with a second object", json -> Octets.append(json, '{', '}'));
        texts.put("before a NUL", json -> Octets.append(json, 0));
        texts.put("before a comma", json -> Octets.append(json, ','));
        texts.put("cut by a byte", json -> Octets.first(json, json.length() - 1));
        texts.put("cut to half", json -> Octets.first(json, json.length() / 2));
        texts.put("null", json -> utf8("null"));
        texts.put("true", json -> utf8("true"));
        texts.put("a number", json -> utf8("1"));
        texts.put("a text", json -> utf8("\"webauthn\""));
        texts.put("an empty array", json -> utf8("[]"));
        texts.put("an empty object", json -> utf8("{}"));
        texts.put("blank", json -> utf8("   "));
        texts.put("a byte", json -> Octets.of(0));
        texts.put("of CBOR", json -> Octets.of(0xa1, 0x64, 't', 'y', 'p', 'e', 0x61, 'x'));
        texts.put("in an array", json -> Bytes.of(Octets.join(new byte[] {'['}, json.toArray(), new byte[] {']'})));
        texts.put("quoted", json -> utf8(JsonText.write(text(json))));
        texts.put("with single quotes", json -> replaced(json, "\"", "'"));
        texts.put("with names not quoted", json -> replaced(json, "\"type\"", "type"));
        texts.put("with a trailing comma", json -> replaced(json, "}", ",}"));
        texts.put("with a comment", json -> replaced(json, "{", "{/* */"));
        texts.put("with a line comment", json -> replaced(json, "{", "{//\n"));
        texts.put("with NaN", json -> replaced(json, "}", ",\"n\":NaN}"));
        texts.put("with a number of leading zeros", json -> replaced(json, "}", ",\"n\":007}"));
        texts.put("with a plain line feed in a text", json -> replaced(json, "}", ",\"n\":\"\n\"}"));
        texts.put("with an unknown escape", json -> replaced(json, "}", ",\"n\":\"\\x41\"}"));
        texts.put("with a missing colon", json -> replaced(json, "\"type\":", "\"type\""));
        texts.put(
                "3,000 levels deep",
                json -> replaced(json, "}", ",\"n\":" + "[".repeat(3000) + "]".repeat(3000) + "}"));
        texts.put(
                "30 objects deep",
                json -> replaced(json, "}", ",\"n\":" + "{\"n\":".repeat(30) + "1" + "}".repeat(31)));
        texts.put("5,000 levels deep without an end", json -> utf8("[".repeat(5000)));
        texts.put("with a number of 5,000 digits", json -> replaced(json, "}", ",\"n\":" + "9".repeat(5000) + "}"));
        texts.put("of more than 8 KiB", json -> spaces(json, LONGEST + 1));
        texts.forEach((what, change) ->
                catalogue.invalid("client data: text " + what, lies -> lies.withClientDataJson(change)));
    }

    private static void addEncodings(Catalogue catalogue) {
        // Step 5: UTF-8 decode takes a leading byte order mark away.
        catalogue.accepted(
                "client data: UTF-8 with a byte order mark",
                lies -> lies.withClientDataJson(json -> replaced(json, "{", "\ufeff{")));
        List.of("UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE")
                .forEach(charset -> catalogue.invalid(
                        "client data: " + charset, lies -> lies.withClientDataJson(json -> recoded(json, charset))));
        Map<String, Bytes> noUtf8 = new LinkedHashMap<>();
        noUtf8.put("ISO 8859-1", Octets.of(0xe9));
        noUtf8.put("an overlong slash", Octets.of(0xc0, 0xaf));
        noUtf8.put("a surrogate", Octets.of(0xed, 0xa0, 0x80));
        noUtf8.put("a lone continuation", Octets.of(0x80));
        noUtf8.put("a code point beyond Unicode", Octets.of(0xf4, 0x90, 0x80, 0x80));
        noUtf8.put("a cut sequence", Octets.of(0xe2, 0x82));
        noUtf8.forEach((what, bytes) -> catalogue.invalid(
                "client data: UTF-8 with " + what,
                lies -> lies.withClientDataMember("n", "\"@\"").withClientDataJson(json -> at(json, bytes))));
    }

    /** The bytes in place of the one {@code @}. */
    private static Bytes at(Bytes json, Bytes bytes) {
        String text = text(json);
        int index = text.lastIndexOf('@');
        ByteBuffer out = ByteBuffer.allocate(json.length() - 1 + bytes.length());
        out.put(json.toArray(), 0, index).put(bytes.toArray());
        out.put(json.toArray(), index + 1, json.length() - index - 1);
        return Bytes.of(out.array());
    }

    private static void addNoText(Catalogue catalogue, String name) {
        catalogue.invalid("client data: no " + name, lies -> lies.withoutClientDataMember(name));
        Catalogue.NO_TEXT.forEach((type, json) -> catalogue.invalid(
                "client data: " + name + " is " + type, lies -> lies.withClientDataMember(name, json)));
        catalogue.invalid(
                "client data: " + name + " is an array of it",
                lies -> lies.with(
                        Stage.CLIENT_DATA, draft -> draft.clientData.put(name, List.of(draft.clientData.get(name)))));
    }

    private static Lies changing(Lies lies, String name, UnaryOperator<String> change) {
        return lies.with(
                Stage.CLIENT_DATA,
                draft -> draft.clientData.put(
                        name, Objects.requireNonNull(change.apply((String) draft.clientData.get(name)))));
    }

    private static Bytes replaced(Bytes json, String old, String changed) {
        return utf8(text(json).replace(old, changed));
    }

    private static Bytes spaces(Bytes json, int length) {
        return Bytes.of(Octets.join(
                json.toArray(), utf8(" ".repeat(length - json.length())).toArray()));
    }

    private static Bytes recoded(Bytes json, String charset) {
        return Bytes.of(text(json).getBytes(Charset.forName(charset)));
    }

    private static String text(Bytes json) {
        return new String(json.toArray(), StandardCharsets.UTF_8);
    }

    private static Bytes utf8(String text) {
        return Bytes.of(Draft.utf8(text));
    }
}
