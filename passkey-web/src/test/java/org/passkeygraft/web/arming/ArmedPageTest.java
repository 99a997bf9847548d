package org.passkeygraft.web.arming;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every page comes out as it went in, but for one attribute and one element, or not changed at all. */
class ArmedPageTest {
    private static final String SCRIPT = "<script src=\"/shop/passkey/passkey-form.js\"></script>";
    private static final String PAGE = "<form><input name=u><input type=password name=p></form>";

    private final ArmedPage arming = new ArmedPage(
            Set.of("https://shop.example"),
            nonce -> nonce.isEmpty() ? SCRIPT : "<script nonce=" + nonce + "></script>");

    static Stream<LoginPages.Page> armed() {
        return LoginPages.armed().stream();
    }

    static Stream<LoginPages.Page> untouched() {
        return LoginPages.untouched().stream();
    }

    @ParameterizedTest
    @MethodSource("armed")
    void aLoginFormGetsOneAttributeAndOneScriptAndNothingElseChanges(LoginPages.Page page) throws DoubtException {
        String before = new String(page.bytes(), ISO_8859_1);

        String after = arming.of(before, List.of());

        int field = after.indexOf(page.username());
        assertThat(field).as(after).isNotNegative();
        assertThat(after.indexOf(page.username(), field + 1)).isNegative();
        int script = after.indexOf(SCRIPT);
        assertThat(after.substring(script + SCRIPT.length())).startsWithIgnoringCase("</form");
        assertThat(script).isGreaterThan(field);
        String rest = after.substring(0, field)
                + after.substring(field + page.username().length(), script)
                + after.substring(script + SCRIPT.length());
        int length = before.length() - rest.length();
        assertThat(rest).isEqualTo(before.substring(0, field) + before.substring(field + length));
        assertThat(before.substring(field, field + length))
                .startsWithIgnoringCase("<input")
                .endsWith(">");
    }

    @ParameterizedTest
    @MethodSource("untouched")
    void aPageInDoubtIsRefusedWithAReason(LoginPages.Page page) {
        assertThatThrownBy(() -> arming.of(new String(page.bytes(), ISO_8859_1), List.of()))
                .isInstanceOf(DoubtException.class)
                .hasMessageMatching("(it|its|a|an|markup|the) .+");
    }

    @Test
    void everyPageOfTheCorpusHasItsOwnName() {
        assertThat(Stream.concat(armed(), untouched()).map(LoginPages.Page::name))
                .hasSizeGreaterThan(50)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            default-src 'self'
            default-src 'none'; script-src 'self'; connect-src 'self'
            script-src *
            script-src https:; connect-src https://shop.example
            script-src https://*.example; connect-src shop.example:443
            SCRIPT-SRC 'SELF'
            script-src 'none'; script-src-elem 'self'
            img-src 'none'
            script-src 'self' 'unsafe-inline'; require-trusted-types-for 'script'
            """)
    void aPolicyThatAllowsOurScriptIsMet(String policy) throws DoubtException {
        assertThat(arming.of(PAGE, List.of(policy))).contains(SCRIPT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            default-src 'none'
            script-src 'none'
            script-src 'unsafe-inline'
            script-src 'sha256-abc='
            script-src 'nonce-abc'
            script-src 'self' 'strict-dynamic'
            script-src https://cdn.example
            script-src http://shop.example
            script-src https://shop.example:8443
            script-src https://shop.example/js/
            script-src https://*.shop.example
            script-src 'self'; connect-src 'none'
            default-src 'self'; connect-src https://api.example
            sandbox allow-forms; script-src 'self'
            """)
    void aPolicyThatStopsOurScriptLeavesThePageAlone(String policy) {
        assertThatThrownBy(() -> arming.of(PAGE, List.of(policy)))
                .isInstanceOf(DoubtException.class)
                .hasMessageContaining("Content-Security-Policy");
        assertThatThrownBy(() -> arming.of(PAGE, List.of("script-src 'self'", "img-src *, " + policy)))
                .as("every policy counts")
                .isInstanceOf(DoubtException.class);
    }

    @Test
    void aNonceThatAScriptOfThePageHasIsUsedWhereThePolicyWantsOne() throws DoubtException {
        String page = "<script nonce=\"n0nce==\" src=a.js></script>" + PAGE;

        assertThat(arming.of(page, List.of("script-src 'nonce-n0nce==' 'strict-dynamic'; connect-src 'self'")))
                .contains("<script nonce=n0nce==></script></form>");
        assertThat(arming.of(page, List.of("script-src 'self'"))).contains(SCRIPT);
        assertThatThrownBy(() -> arming.of(page, List.of("script-src 'nonce-other'")))
                .isInstanceOf(DoubtException.class);
    }

    @Test
    void encodingsWithShiftStatesOrTwoBytesAreNone() {
        assertThat(Stream.of("UTF-8", "ISO-8859-15", "windows-1252", "GBK", "GB18030", "Big5", "Shift_JIS", "EUC-KR"))
                .allMatch(Encodings::extendAscii);
        assertThat(Stream.of("UTF-16", "UTF-16LE", "UTF-32", "ISO-2022-JP", "Cp1047", "no-such", "a b"))
                .noneMatch(Encodings::extendAscii);
        assertThat(Encodings.extendAscii(null)).isTrue();
    }
}
