package org.passkeygraft.testing;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.passkeygraft.Bytes;
import org.passkeygraft.testing.Draft.Stage;

/** The body as JSON: what RegistrationResponseJSON and AuthenticationResponseJSON have in common (section 5.1). */
final class JsonVariants {
    private static final int LARGEST = 64 * 1024;

    private JsonVariants() {}

    static void addTo(Catalogue catalogue) {
        addHarmlessBodies(catalogue);
        addOtherBodies(catalogue);
        addBrokenBodies(catalogue);
        addLargeBodies(catalogue);
        addEncodings(catalogue);
        addIds(catalogue);
        addTopMembers(catalogue);
        addUnknownMembers(catalogue);
        addExtensionResults(catalogue);
    }

    private static void addHarmlessBodies(Catalogue catalogue) {
        Map<String, UnaryOperator<Bytes>> bodies = new LinkedHashMap<>();
        bodies.put("after blanks", body -> Bytes.of(Octets.join(Draft.utf8(" \t\r\n"), body.toArray())));
        bodies.put("before blanks", body -> Octets.append(body, ' ', '\t', '\r', '\n'));
        bodies.put("spaced", body -> utf8(text(body).replace(",", " ,\r\n\t")));
        bodies.put("with escaped names", body -> utf8(text(body).replace("\"rawId\"", "\"\\u0072awId\"")));
        bodies.put("with an escaped type", body -> utf8(text(body).replace("public-key", "public\\u002dkey")));
        bodies.put("of 64 KiB", body -> spaces(body, LARGEST));
        bodies.forEach((what, change) -> catalogue.accepted("body: " + what, lies -> lies.withBody(change)));
        catalogue.accepted(
                "body: members in another order",
                lies -> lies.with(Stage.JSON, draft -> {
                    draft.json.rotate();
                    draft.response.rotate();
                }));
    }

    private static void addOtherBodies(Catalogue catalogue) {
        List.of(
                        "",
                        " ",
                        "null",
                        "true",
                        "1",
                        "\"answer\"",
                        "[]",
                        "[{}]",
                        "{}",
                        "{\"response\":{}}",
                        "undefined",
                        "id=x",
                        "<answer/>",
                        "\0")
                .forEach(text -> catalogue.invalid(
                        "body: is '" + text.replace('\0', '0') + "'", lies -> lies.withBody(body -> utf8(text))));
    }

    private static void addBrokenBodies(Catalogue catalogue) {
        Map<String, UnaryOperator<Bytes>> bodies = new LinkedHashMap<>();
        bodies.put("with a tail", body -> Octets.append(body, 'x'));
        bodies.put("with a second object", body -> Octets.append(body, '{', '}'));
        bodies.put("twice", body -> Bytes.of(Octets.join(body.toArray(), body.toArray())));
        bodies.put("before a NUL", body -> Octets.append(body, 0));
        bodies.put("before a bracket", body -> Octets.append(body, '}'));
        bodies.put("a byte short", body -> Octets.first(body, body.length() - 1));
        bodies.put("half", body -> Octets.first(body, body.length() / 2));
        bodies.put("in an array", body -> utf8("[" + text(body) + "]"));
        bodies.put("in an object", body -> utf8("{\"credential\":" + text(body) + "}"));
        bodies.put("quoted", body -> utf8(JsonText.write(text(body))));
        bodies.put("with single quotes", body -> utf8(text(body).replace('"', '\'')));
        bodies.put("with names not quoted", body -> utf8(text(body).replace("\"type\"", "type")));
        bodies.put("with a trailing comma", body -> utf8("{" + text(body).substring(1, body.length() - 1) + ",}"));
        bodies.put("with a leading comma", body -> utf8("{," + text(body).substring(1)));
        bodies.put("with a comment", body -> utf8("/**/" + text(body)));
        bodies.put("with a line comment", body -> utf8("{//\n" + text(body).substring(1)));
        bodies.put("with a guard against scripts", body -> utf8(")]}',\n" + text(body)));
        bodies.put("with colons missing", body -> utf8(text(body).replace("\":", "\"")));
        bodies.forEach((what, change) -> catalogue.invalid("body: " + what, lies -> lies.withBody(change)));
        Map<String, String> values = new LinkedHashMap<>();
        values.put("NaN", "NaN");
        values.put("Infinity", "-Infinity");
        values.put("a leading zero", "01");
        values.put("a plus sign", "+1");
        values.put("a bare point", ".5");
        values.put("a point at the end", "1.");
        values.put("hexadecimal digits", "0x1f");
        values.put("an unknown word", "undefined");
        values.put("a plain line feed", "\"\n\"");
        values.put("an unknown escape", "\"\\x41\"");
        values.put("a cut escape", "\"\\u00\"");
        values.put("a number of 20,000 digits", "9".repeat(20_000));
        values.put("nothing", "");
        values.put("30 arrays", "[".repeat(30) + "]".repeat(30));
        values.put("30 objects", "{\"a\":".repeat(30) + "1" + "}".repeat(30));
        values.put("15,000 arrays", "[".repeat(15_000) + "]".repeat(15_000));
        values.put("50,000 arrays without an end", "[".repeat(50_000));
        values.put("8,000 objects without an end", "{\"a\":".repeat(8000));
        values.forEach((what, json) ->
                catalogue.invalid("body: unknown member of " + what, lies -> lies.withMember("unknown", json)));
    }

    private static void addLargeBodies(Catalogue catalogue) {
        catalogue.tooLarge("body: of 64 KiB and a blank", lies -> lies.withBody(body -> spaces(body, LARGEST + 1)));
        catalogue.tooLarge("body: of 1 MiB of blanks", lies -> lies.withBody(body -> spaces(body, 1 << 20)));
        catalogue.tooLarge(
                "body: unknown member of a million digits", lies -> lies.withMember("unknown", "9".repeat(1_000_000)));
        catalogue.tooLarge(
                "body: unknown member of 50,000 arrays",
                lies -> lies.withMember("unknown", "[".repeat(50_000) + "]".repeat(50_000)));
        catalogue.tooLarge(
                "body: unknown member of 100,000 letters",
                lies -> lies.withMember("unknown", '"' + "x".repeat(100_000) + '"'));
        catalogue.tooLarge("body: id of 100,000 letters", lies -> lies.withId("A".repeat(100_000)));
        catalogue.tooLarge(
                "body: client data of 100,000 letters",
                lies -> lies.withMember("response.clientDataJSON", '"' + "A".repeat(100_000) + '"'));
    }

    private static void addEncodings(Catalogue catalogue) {
        List.of("UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE")
                .forEach(charset -> catalogue.invalid(
                        "body: " + charset,
                        lies -> lies.withBody(body -> Bytes.of(text(body).getBytes(Charset.forName(charset))))));
        Map<String, Bytes> noUtf8 = new LinkedHashMap<>();
        noUtf8.put("ISO 8859-1", Octets.of(0xe9));
        noUtf8.put("an overlong slash", Octets.of(0xc0, 0xaf));
        noUtf8.put("a surrogate", Octets.of(0xed, 0xa0, 0x80));
        noUtf8.put("a lone continuation", Octets.of(0x80));
        noUtf8.put("a code point beyond Unicode", Octets.of(0xf4, 0x90, 0x80, 0x80));
        noUtf8.forEach((what, bytes) -> catalogue.invalid(
                "body: UTF-8 with " + what,
                lies -> lies.withBody(body -> Bytes.of(Octets.join(
                        Draft.utf8("{\"n\":\""),
                        bytes.toArray(),
                        Draft.utf8("\"," + text(body).substring(1)))))));
    }

    private static void addIds(Catalogue catalogue) {
        catalogue.invalid(
                "body: id unlike rawId", lies -> lies.withId(Octets.random(32).base64url()));
        catalogue.invalid(
                "body: rawId unlike id",
                lies -> lies.withRawId(Octets.random(32).base64url()));
        UnaryOperator<String> lastBit =
                text -> Octets.flip(Bytes.require(text), 0).base64url();
        catalogue.invalid("body: rawId with its last bit changed", lies -> lies.withSpelling("rawId", lastBit));
        catalogue.invalid(
                "body: rawId in capitals",
                lies -> lies.with(Stage.JSON, draft -> {
                    draft.json.put("rawId", "ABCD");
                    draft.json.put("id", "abcd");
                }));
        Spelling.wrong().forEach((way, change) -> {
            catalogue.invalid("body: rawId " + way, lies -> lies.withSpelling("rawId", change));
            catalogue.invalid("body: id " + way, lies -> lies.withSpelling("id", change));
            catalogue.invalid(
                    "body: id and rawId " + way,
                    lies -> lies.withSpelling("id", change).withSpelling("rawId", change));
            catalogue.invalid("body: client data " + way, lies -> lies.withSpelling("response.clientDataJSON", change));
        });
    }

    private static void addTopMembers(Catalogue catalogue) {
        for (String name : List.of("id", "rawId", "type", "response.clientDataJSON")) {
            catalogue.invalid("body: no " + name, lies -> lies.withoutMember(name));
            catalogue.invalid("body: " + name + " empty", lies -> lies.withMember(name, "\"\""));
            Catalogue.NO_TEXT.forEach((type, json) ->
                    catalogue.invalid("body: " + name + " is " + type, lies -> lies.withMember(name, json)));
        }
        catalogue.invalid("body: no response", lies -> lies.withoutMember("response"));
        catalogue.invalid("body: response is null", lies -> lies.withMember("response", "null"));
        catalogue.accepted("body: no extension results", lies -> lies.withoutMember("clientExtensionResults"));
        catalogue.accepted(
                "body: extension results are null", lies -> lies.withMember("clientExtensionResults", "null"));
        for (String name : List.of("response", "clientExtensionResults")) {
            List.of("1", "true", "[]", "[{}]", "\"\"", "\"{}\"")
                    .forEach(json ->
                            catalogue.invalid("body: " + name + " is " + json, lies -> lies.withMember(name, json)));
        }
        catalogue.invalid("body: response is {}", lies -> lies.withMember("response", "{}"));
        for (String name : List.of(
                "id",
                "rawId",
                "type",
                "response",
                "clientExtensionResults",
                "authenticatorAttachment",
                "response.clientDataJSON",
                "response.authenticatorData")) {
            catalogue.invalid("body: " + name + " twice, once null", lies -> lies.withRepeatedMember(name, "null"));
            catalogue.invalid("body: " + name + " twice", JsonVariants.repeating(name));
        }
        List.of("password", "Public-Key", "public-key ", "publickey", "webauthn.get")
                .forEach(type -> catalogue.invalid(
                        "body: type '" + type + "'", lies -> lies.withMember("type", '"' + type + '"')));
        catalogue.accepted("body: no attachment", lies -> lies.withoutMember("authenticatorAttachment"));
        catalogue.accepted("body: attachment null", lies -> lies.withMember("authenticatorAttachment", "null"));
        catalogue.accepted(
                "body: other attachment", lies -> lies.withMember("authenticatorAttachment", "\"cross-platform\""));
        catalogue.accepted(
                "body: unknown attachment", lies -> lies.withMember("authenticatorAttachment", "\"implanted\""));
    }

    private static UnaryOperator<Lies> repeating(String path) {
        String name = path.substring(path.indexOf('.') + 1);
        return lies -> lies.with(Stage.JSON, draft -> {
            Members parent = path.equals(name) ? draft.json : draft.response;
            parent.repeat(name, parent.get(name));
        });
    }

    private static void addUnknownMembers(Catalogue catalogue) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("text", "\"text\"");
        values.put("empty", "\"\"");
        values.put("nothing", "null");
        values.put("number", "-12.5e+3");
        values.put("array", "[1,\"a\",null,[true]]");
        values.put("object", "{\"a\":{\"id\":\"x\"}}");
        values.put("passkey \u901a\u884c\u5bc6\u94a5", "\"\u901a\u884c\u5bc6\u94a5 \ud83d\udd11 \\ud83d\\udd11\"");
        values.put("ID", "\"other\"");
        values.put("__proto__", "{\"type\":\"password\"}");
        values.put("deep", "[".repeat(8) + "]".repeat(8));
        values.put("long", '"' + "x".repeat(1000) + '"');
        values.forEach((name, json) -> {
            catalogue.accepted("body: unknown member " + name, lies -> lies.withMember(name, json));
            catalogue.accepted(
                    "body: unknown member " + name + " in the response",
                    lies -> lies.withMember("response." + name, json));
        });
    }

    private static void addExtensionResults(Catalogue catalogue) {
        Map<String, String> results = new LinkedHashMap<>();
        results.put("none", "{}");
        results.put("unknown", "{\"example.extension\":{\"a\":[1]}}");
        results.put("appid", "{\"appid\":false}");
        results.put(
                "large blob",
                catalogue.ofRegistrations()
                        ? "{\"largeBlob\":{\"supported\":true}}"
                        : "{\"largeBlob\":{\"written\":true}}");
        results.put("pseudo-random function", "{\"prf\":{\"enabled\":true}}");
        results.forEach((what, json) -> {
            if (catalogue.ofRegistrations() || !json.equals("{}")) {
                catalogue.accepted(
                        "body: extension results: " + what, lies -> lies.withMember("clientExtensionResults", json));
            }
        });
    }

    private static Bytes spaces(Bytes body, int length) {
        return Bytes.of(Octets.join(body.toArray(), Draft.utf8(" ".repeat(length - body.length()))));
    }

    private static String text(Bytes body) {
        return new String(body.toArray(), StandardCharsets.UTF_8);
    }

    private static Bytes utf8(String text) {
        return Bytes.of(Draft.utf8(text));
    }
}
