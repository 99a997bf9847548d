package org.passkeygraft.engine;

import java.text.MessageFormat;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.ResourceBundle;
import org.passkeygraft.Account;
import org.passkeygraft.Client;
import org.passkeygraft.UserAgent;
import org.passkeygraft.spi.NoticeKind;

/**
 * The words of what is sent to users. Plain text without a link: what a message asks for is done where its reader always
 * logs on. Short enough for a mobile phone.
 */
final class NoticeTexts {
    private static final String BUNDLE = "org.passkeygraft.engine.Notices";
    private static final Locale WRITTEN_IN = Locale.ENGLISH;
    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", WRITTEN_IN).withZone(ZoneOffset.UTC);

    private final String relyingParty;
    private final ResourceBundle texts = ResourceBundle.getBundle(
            BUNDLE,
            WRITTEN_IN,
            NoticeTexts.class.getClassLoader(),
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));

    /** @param relyingParty how users know the application */
    NoticeTexts(String relyingParty) {
        this.relyingParty = relyingParty;
    }

    String subject(NoticeKind kind) {
        return format("subject." + kind.name());
    }

    /** @param subject what it happened to, or who did it, as {@link Notices#tell} takes it */
    String text(NoticeKind kind, Account account, String subject, Client client, Instant when) {
        String what = format("what." + kind.name(), account.name(), subject);
        String where = browser(new UserAgent(client.userAgent()))
                .map(browser -> format("when.browser", MINUTES.format(when), browser))
                .orElseGet(() -> format("when", MINUTES.format(when)));
        return String.join("\n", what, where, format("not-you." + remedy(kind)));
    }

    private static String remedy(NoticeKind kind) {
        return switch (kind) {
            case PASSKEY_BOUND, PASSKEY_ADDED_SILENTLY -> "delete";
            case PASSKEY_DELETED, BACKUP_USED, CONTACT_CHANGED, RECOVERY_CODES_CHANGED -> "look";
            case PASSKEY_REVOKED, ALL_REVOKED, RESET_ISSUED, RESET_USED -> "ask";
        };
    }

    private Optional<String> browser(UserAgent agent) {
        Optional<String> browser = agent.browser();
        Optional<String> system = agent.system();
        return browser.isPresent() && system.isPresent()
                ? Optional.of(format("browser", browser.get(), system.get()))
                : browser.or(() -> system);
    }

    String codeSubject() {
        return format("subject.code");
    }

    /** What a code comes in; the code first, so that a locked phone shows it. */
    String code(String code) {
        return format("code", code);
    }

    /** The relying party is {@code {0}} in every text. */
    private String format(String key, String... values) {
        Object[] all = new Object[values.length + 1];
        all[0] = relyingParty;
        System.arraycopy(values, 0, all, 1, values.length);
        return new MessageFormat(texts.getString(key), WRITTEN_IN).format(all);
    }
}
