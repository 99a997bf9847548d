package org.passkeygraft.web.arming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Markup of no sense: whatever it is, a page is done with at once, and little of it changes or nothing. */
class MixedPagesTest {
    private static final long SEED = 20261122;
    private static final int PAGES = 20_000;
    private static final String SCRIPT = "<script src=ours></script>";
    private static final List<String> TOKENS = List.of(
            "<form>",
            "</form>",
            "<form action=a method=post>",
            "<FORM ",
            "</form",
            "</form >",
            "<input name=u>",
            "<input name=j_username type=text>",
            "<input type=password name=p>",
            "<input ",
            "autocomplete=on ",
            "autocomplete='username webauthn'",
            "name=",
            "type=",
            "=",
            "'",
            "\"",
            "/",
            "/>",
            ">",
            "<",
            "</",
            "<!",
            "<!--",
            "-->",
            "--!>",
            "<!-->",
            "<!--->",
            "<?",
            "<![CDATA[",
            "]]>",
            "</p>",
            "<p>",
            "<b ",
            "</ ",
            "<noscript>",
            "</noscript>",
            "<style>",
            "</style>",
            "<title>",
            "</title>",
            "<textarea>",
            "</textarea>",
            "<script>",
            "</script>",
            "<script ",
            "</script",
            "<xmp>",
            "</xmp>",
            "<iframe>",
            "</iframe>",
            "<noembed>",
            "</noembed>",
            "<noframes>",
            "</noframes>",
            "<template>",
            "<base href=/a/>",
            "<meta ",
            "text",
            " ",
            "\n",
            "\0",
            "&#39;",
            "\u00e4",
            "\u017f",
            "\ud83d");

    private final Random random = new Random(SEED);
    private final ArmedPage arming = new ArmedPage(Set.of("https://shop.example"), nonce -> SCRIPT);

    @Test
    void everyPageIsDoneWithAtOnceAndChangesInsideItsFormOnly() {
        int armed = assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            int count = 0;
            for (int i = 0; i < PAGES; i++) {
                count += isArmed(
                                i % 2 == 0
                                        ? mix(12)
                                        : mix(6) + "<form>" + mix(1) + "<input name=u>" + mix(1)
                                                + "<input type=password name=p></form>" + mix(6))
                        ? 1
                        : 0;
            }
            return count;
        });

        assertThat(armed).as("pages that were armed").isGreaterThan(PAGES / 100);
    }

    private String mix(int most) {
        StringBuilder page = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            page.append(TOKENS.get(random.nextInt(TOKENS.size())));
        }
        return page.toString();
    }

    private boolean isArmed(String before) {
        String after;
        try {
            after = arming.of(before, List.of());
        } catch (DoubtException left) {
            return false;
        }
        int script = after.indexOf(SCRIPT);
        assertThat(after.substring(script + SCRIPT.length())).as(before).startsWithIgnoringCase("</form");
        String rest = after.substring(0, script) + after.substring(script + SCRIPT.length());
        int same = 0;
        while (same < before.length() && before.charAt(same) == rest.charAt(same)) {
            same++;
        }
        if (same < before.length()) {
            int tag = before.lastIndexOf("<input", same);
            assertThat(tag).as(before).isNotNegative();
            int added = rest.length() - before.length();
            int end = before.indexOf('>', tag);
            assertThat(before.substring(tag, same)).as(before).doesNotContain(">");
            assertThat(rest.substring(end + added)).as(before).isEqualTo(before.substring(end));
            assertThat(rest.substring(tag, end + added)).contains("autocomplete=\"username webauthn\"");
        }
        return true;
    }
}
