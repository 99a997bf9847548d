package org.passkeygraft.web.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TextsTest {
    private static final Path PAGES = Path.of("src/main/resources/META-INF/resources/WEB-INF/passkey");
    private static final Pattern USED = Pattern.compile("site\\.text\\('([^']+)'");
    private static final Texts ENGLISH = Texts.preferred(List.of());

    @Test
    void everyTextThatAPageAsksForExists() throws IOException {
        Set<String> asked = new TreeSet<>();
        try (Stream<Path> pages = Files.list(PAGES)) {
            for (Path page : pages.toList()) {
                USED.matcher(Files.readString(page)).results().forEach(match -> asked.add(match.group(1)));
            }
        }

        assertThat(asked).hasSizeGreaterThan(50).allMatch(ENGLISH::has);
    }

    @Test
    void noPageHasWordsOfItsOwn() throws IOException {
        try (Stream<Path> pages = Files.list(PAGES)) {
            for (Path page : pages.toList()) {
                String words = Files.readString(page)
                        .replaceAll("(?s)<%.*?%>", "")
                        .replaceAll("\\$\\{[^}]*}", "")
                        .replaceAll("(?s)</?c:(\"[^\"]*\"|'[^']*'|[^>\"'])*>", "")
                        .replaceAll("(?s)<(\"[^\"]*\"|'[^']*'|[^>\"'])*>", "")
                        .replaceAll("&middot;", "");
                assertThat(words).as(page.toString()).doesNotContainPattern("[A-Za-z]{2,}");
            }
        }
    }

    @Test
    void aLanguageWithoutTextsFallsBackToEnglishAndNotToTheServersOwn() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            Texts texts = Texts.preferred(List.of(Locale.forLanguageTag("tlh"), Locale.UK));
            assertThat(texts.language()).isEqualTo("en-GB");
            assertThat(texts.get("logon.next")).isEqualTo("Next");
            assertThat(Texts.preferred(List.of(Locale.JAPAN)).language()).isEqualTo("en");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void aNameInASentenceIsIsolated() {
        assertThat(ENGLISH.format("delete.question", "{0}'")).isEqualTo("Delete \u2068{0}'\u2069?");
    }

    @Test
    void rightToLeftLanguagesTurnThePage() {
        assertThat(new Texts(ENGLISH.bundle(), Locale.forLanguageTag("he-IL")).direction())
                .isEqualTo("rtl");
        assertThat(ENGLISH.direction()).isEqualTo("ltr");
    }

    @Test
    void everyNoticeAndEveryMessageHasItsWords() {
        assertThat(Notice.values())
                .allSatisfy(notice -> assertThat(notice.text(ENGLISH)).isNotBlank());
        Set<String> messages = ENGLISH.bundle().keySet().stream()
                .filter(key -> key.startsWith("message.") && key.endsWith(".title"))
                .map(key -> key.replace(".title", ".text"))
                .collect(Collectors.toSet());
        assertThat(messages).hasSizeGreaterThan(8).allMatch(ENGLISH::has);
    }

    @Test
    void aNoticeFromALinkIsOneOfOursOrNone() {
        assertThat(Notice.parse("expired")).contains(Notice.EXPIRED);
        assertThat(Notice.parse("EXPIRED")).isEmpty();
        assertThat(Notice.parse("call 555-0100")).isEmpty();
    }

    @Test
    void anAlertSaysHowLongToWaitInTheUnitThatFits() {
        assertThat(new Alert("too-many-requests", 1).text(ENGLISH)).contains("2 seconds");
        assertThat(new Alert("too-many-requests", 90).text(ENGLISH)).contains("90 seconds");
        assertThat(new Alert("too-many-requests", 91).text(ENGLISH)).contains("2 minutes");
        assertThat(Alert.of("too-many-requests").text(ENGLISH)).contains("wait a while");
    }

    @Test
    void aCodeWithoutASentenceIsNeverShown() {
        assertThat(Alert.of("brand-new").text(ENGLISH)).isEqualTo(ENGLISH.get("error.unknown"));
    }
}
