package org.passkeygraft.ceremony;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.passkeygraft.Bytes;
import org.passkeygraft.CeremonyKind;

/** What a developer is told who makes answers by hand; the values are those of wrappers and clients that others wrote. */
final class AnswerShapeTest {
    private static final String BASE64URL = " must be base64url without padding (RFC 4648, sections 3.2, 3.5 and 5)";
    private static final String ASSERTION = """
            {"id": "AQ", "rawId": "AQ", "type": "public-key", "clientExtensionResults": {}, "response": {
             "clientDataJSON": "%s", "authenticatorData": "%s", "signature": "AQ", "userHandle": "AQ"}}""".formatted(
                    text("{\"type\":\"webauthn.get\",\"challenge\":\"" + "A".repeat(43)
                            + "\",\"origin\":\"https://example.org\"}"),
                    Bytes.of(new byte[37]).base64url());

    @Test
    void findsNothingWhereTheShapeIsRight() {
        assertThat(AnswerShape.fault(CeremonyKind.LOGON, bytes(ASSERTION))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"id\": \"AQ\" | \"id\": \"AQ==\" | id" + BASE64URL,
                "\"id\": \"AQ\" | \"id\": \"+/+/\" | id" + BASE64URL,
                "\"id\": \"AQ\" | \"id\": \"AR\" | id" + BASE64URL,
                "\"id\": \"AQ\" | \"id\": 1 | id must be a text",
                "\"id\": \"AQ\" | \"id\": \"\" | id must have 1 to 1023 bytes",
                "\"rawId\": \"AQ\" | \"rawId\": \"AQ==\" | rawId must equal id",
                "\"rawId\": \"AQ\" | \"raw\": \"AQ\" | rawId is missing",
                "public-key | public | type must be public-key",
                "\"response\" | \"answer\" | response is missing",
                "\"signature\": \"AQ\" | \"signature\": \"AQ=\" | response.signature" + BASE64URL,
                "\"signature\" | \"sig\" | response.signature is missing",
                "\"userHandle\": \"AQ\" | \"userHandle\": \"A\" | response.userHandle" + BASE64URL,
                "\"authenticatorData\": \" | \"authenticatorData\": \"=  | response.authenticatorData" + BASE64URL,
                "\"clientDataJSON\": \" | \"clientDataJSON\": \"e30\", \"x\": \" | response.clientDataJSON: challenge is missing",
                "\"type\": | \"type\": \"public-key\", \"type\": | not strict JSON, or beyond the limits of size and depth"
            })
    void namesTheMemberAndTheRule(String before, String after, String fault) {
        String answer = ASSERTION.replace(before, after);

        assertThat(answer).isNotEqualTo(ASSERTION);
        assertThat(AnswerShape.fault(CeremonyKind.LOGON, bytes(answer))).contains(fault);
    }

    @Test
    void namesTheMemberOfARegistration() {
        String answer = ASSERTION.replace("authenticatorData", "attestationObject");

        assertThat(AnswerShape.fault(CeremonyKind.BINDING, bytes(answer)))
                .contains("response.attestationObject is not well-formed");
        assertThat(AnswerShape.fault(CeremonyKind.BINDING, bytes(ASSERTION)))
                .contains("response.attestationObject is missing");
    }

    private static String text(String json) {
        return bytes(json).base64url();
    }

    private static Bytes bytes(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
