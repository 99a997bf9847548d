package org.passkeygraft.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.passkeygraft.Bytes;

class JsonTest {
    @Test
    void aMemberIsReadByItsType() throws JsonException {
        JsonObject read = parse("{\"t\":\"x\",\"o\":{\"f\":true},\"a\":[\"one\",\"two\"],\"n\":1.5e3,\"z\":null}");

        assertThat(read.text("t")).contains("x");
        assertThat(read.requireText("t")).isEqualTo("x");
        assertThat(read.requireObject("o").flag("f")).contains(true);
        assertThat(read.texts("a")).containsExactly("one", "two");
        assertThat(read.names()).containsExactly("t", "o", "a", "n", "z");
    }

    @Test
    void anAbsentMemberIsEmptyAndOneThatIsNullCountsAsAbsent() throws JsonException {
        JsonObject read = parse("{\"z\":null}");

        assertThat(read.text("z")).isEmpty();
        assertThat(read.text("absent")).isEmpty();
        assertThat(read.texts("absent")).isEmpty();
        assertThat(read.flag("z")).isEmpty();
        assertThat(read.object("z")).isEmpty();
        assertThat(read.has("z")).isTrue();
        assertThat(read.has("absent")).isFalse();
    }

    @Test
    void aMemberOfAnotherTypeIsRefused() throws JsonException {
        JsonObject read = parse("{\"n\":1,\"a\":[\"one\",2],\"s\":\"true\",\"o\":{}}");

        assertThatThrownBy(() -> read.text("n")).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> read.texts("a")).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> read.texts("s")).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> read.flag("s")).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> read.object("s")).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> read.requireText("o")).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> read.requireText("absent")).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> read.requireObject("absent")).isInstanceOf(JsonException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[]",
                "\"text\"",
                "null",
                "17",
                "{",
                "{\"a\":1",
                "{} {}",
                "{}x",
                "{}]",
                "{\"a\":1,\"a\":1}",
                "{\"o\":{\"a\":1,\"\\u0061\":2}}",
                "{'a':1}",
                "{a:1}",
                "{\"a\":1,}",
                "{\"a\":[1,]}",
                "{\"a\":NaN}",
                "{\"a\":01}",
                "{\"a\":+1}",
                "{\"a\":.5}",
                "{\"a\":tru}",
                "{\"a\":\"\t\"}",
                "{\"a\":\"\\x\"}",
                "{/* comment */}",
                "{\"a\":\"\\ud800\"}",
                "{\"a\":\"\\udc00\\ud800\"}",
                "{\"\\ud800\":1}"
            })
    void whatIsNotOneStrictJsonObjectIsRefused(String text) {
        assertThatExceptionOfType(JsonException.class).isThrownBy(() -> parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32LE", "UTF-32BE"})
    void anotherEncodingThanUtf8IsRefused(String charset) {
        byte[] body = "{\"a\":\"b\"}".getBytes(Charset.forName(charset));

        assertThatExceptionOfType(JsonException.class).isThrownBy(() -> Json.parse(body));
    }

    @Test
    void brokenUtf8IsRefusedAndNotReplaced() {
        byte[] overlong = "{\"a\":\"??\"}".getBytes(StandardCharsets.UTF_8);
        overlong[6] = (byte) 0xc0;
        overlong[7] = (byte) 0xaf;

        assertThatExceptionOfType(JsonException.class).isThrownBy(() -> Json.parse(overlong));
    }

    @Test
    void aLeadingByteOrderMarkIsSkippedOnce() throws JsonException {
        assertThat(parse("\ufeff{\"a\":\"b\"}").text("a")).contains("b");
        assertThatExceptionOfType(JsonException.class).isThrownBy(() -> parse("\ufeff\ufeff{}"));
    }

    @Test
    void charactersOutsideTheBasicPlaneAreKept() throws JsonException {
        assertThat(parse("{\"a\":\"\\ud83d\\udd11\"}").text("a")).contains("🔑");
        assertThat(parse("{\"a\":\"🔑\"}").text("a")).contains("🔑");
    }

    @Test
    void sixteenLevelsAreReadAndOneMoreIsRefused() throws JsonException {
        assertThat(parse(nested(16)).names()).containsExactly("a");
        assertThatExceptionOfType(JsonException.class).isThrownBy(() -> parse(nested(17)));
    }

    @Test
    void fiftyThousandLevelsAreRefusedWithoutAStackOverflow() {
        assertThatExceptionOfType(JsonException.class)
                .isThrownBy(() -> parse("{\"a\":" + "[".repeat(50_000) + "]".repeat(50_000) + "}"));
        assertThatExceptionOfType(JsonException.class).isThrownBy(() -> parse("{\"a\":" + "[".repeat(50_000)));
    }

    @Test
    void aNumberOfTenThousandDigitsIsRefused() {
        assertThatExceptionOfType(JsonException.class).isThrownBy(() -> parse("{\"a\":" + "7".repeat(10_000) + "}"));
        assertThatExceptionOfType(JsonException.class).isThrownBy(() -> parse("{\"a\":0." + "7".repeat(10_000) + "}"));
    }

    @Test
    void moreThanSixtyFourKibibytesAreRefused() throws JsonException {
        String frame = "{\"a\":\"\"}";
        String largest = "x".repeat(64 * 1024 - frame.length());

        assertThat(parse("{\"a\":\"" + largest + "\"}").requireText("a")).hasSize(largest.length());
        assertThatExceptionOfType(JsonException.class).isThrownBy(() -> parse("{\"a\":\"" + largest + "x\"}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"secret\":1,\"secret\":2}", "{\"a\":secret}", "{\"a\":\"secret", "{} secret"})
    void anExceptionNeverEchoesTheInput(String text) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(JsonException.class)
                .hasNoCause()
                .hasMessageNotContaining("secret");
    }

    @Test
    void whatWasReadIsNotPrinted() throws JsonException {
        assertThat(parse("{\"secret\":\"secret\"}").toString()).doesNotContain("secret");
    }

    @Test
    void bytesAreReadLikeAnArray() throws JsonException {
        Bytes body = Bytes.of("{\"a\":\"b\"}".getBytes(StandardCharsets.UTF_8));

        assertThat(Json.parse(body).text("a")).isEqualTo(Optional.of("b"));
    }

    @Test
    void membersAreWrittenInTheirOrderAndByTheirType() {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("text", "a\"b\\\n€🔑");
        value.put("number", 300_000L);
        value.put("fraction", 1.5);
        value.put("flag", true);
        value.put("time", Instant.parse("2026-11-22T10:00:00Z"));
        value.put("nothing", null);
        value.put("list", Arrays.asList("x", null, List.of()));
        value.put("object", Map.of("inner", 1));

        assertThat(Json.write(value))
                .isEqualTo("{\"text\":\"a\\\"b\\\\\\n€🔑\",\"number\":300000,\"fraction\":1.5,\"flag\":true,"
                        + "\"time\":\"2026-11-22T10:00:00Z\",\"nothing\":null,\"list\":[\"x\",null,[]],"
                        + "\"object\":{\"inner\":1}}");
    }

    @Test
    void whatHasNoJsonFormIsADefectOfTheCaller() {
        assertThatThrownBy(() -> Json.write(Map.of("a", new Object()))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Json.write(Map.of("a", Map.of(1, 2)))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Json.write(Map.of("a", Double.NaN))).isInstanceOf(IllegalArgumentException.class);
    }

    private static JsonObject parse(String text) throws JsonException {
        return Json.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String nested(int levels) {
        return "{\"a\":" + "[".repeat(levels - 1) + "]".repeat(levels - 1) + "}";
    }
}
