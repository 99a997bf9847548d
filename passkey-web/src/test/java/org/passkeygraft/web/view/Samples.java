package org.passkeygraft.web.view;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.AuditRecord;
import org.passkeygraft.LogonMethod;
import org.passkeygraft.PasskeyUse;
import org.passkeygraft.ProofGroup;

/** Every page in every state, by a name that is its address in {@link PageServer}. */
final class Samples {
    static final String CONTEXT = "/shop";
    static final String NASTY = "<b>\"Zo\u00eb's\" & \u05d3\u05e0\u05d4</b>";
    private static final String ID = "q0Vt6sPzR7mB1xYc9dLh2kFjW5nEaU8iGoT3vS4rQwX";
    private static final Instant CREATED = Instant.parse("2026-03-04T17:05:09.123456Z");

    private final Site site;

    Samples(String language) {
        Texts english = Texts.preferred(List.of());
        Texts texts = new Texts(english.bundle(), Locale.forLanguageTag(language));
        site = new Site(CONTEXT, CONTEXT + "/passkey/test", "localhost", "Bank of Ithaca", texts, "/help/password");
    }

    Map<String, Page> all() {
        LogonPage name = LogonPage.askingName(site, "sealed.target", true, null);
        LogonPage method =
                LogonPage.askingMethod(site, "alice@example.com", "sealed.name", "sealed.target", false, true);
        Map<String, Page> pages = new LinkedHashMap<>();
        pages.put("name", name);
        pages.put("name-notice", LogonPage.askingName(site, "", true, Notice.EXPIRED));
        pages.put("name-missing", name.with(Alert.of("username-missing")));
        pages.put("name-off", LogonPage.askingName(site, "", false, null));
        pages.put("method", method);
        pages.put("method-refused", method.with(Alert.of("authentication-failed")));
        pages.put("method-throttled", method.with(new Alert("too-many-requests", 400)));
        pages.put("method-off", LogonPage.askingMethod(site, "alice@example.com", "sealed.name", "", false, false));
        pages.put("method-nasty", LogonPage.askingMethod(site, NASTY, NASTY, NASTY, true, true));
        pages.put("bind", bind("Chrome on Windows"));
        pages.put("bind-nasty", bind(NASTY));
        pages.put("bind-demanded", bind("Chrome on Windows", true, Notice.UNSENT));
        pages.put("upgrade", upgrade());
        pages.put("security", security(3));
        pages.put("security-empty", security(0));
        pages.put("security-one", security(1).with(Notice.BOUND));
        pages.put("security-full", security(5).with(Notice.DELETED));
        pages.put(
                "security-off", SecurityPage.listing(site, user(), rows(2), 5, false, false, false, false, false, ""));
        pages.put("security-alert", security(2).with(Alert.of("not-found")));
        pages.put("security-delete", security(3).with(PasskeyDialog.delete(id(1))));
        pages.put("security-delete-last", security(1).with(PasskeyDialog.delete(id(0))));
        pages.put("security-delete-impossible", security(1, true).with(PasskeyDialog.delete(id(0))));
        pages.put("security-rename", security(3).with(PasskeyDialog.rename(id(1), "")));
        pages.put("security-rename-refused", security(3).with(refusedName()));
        pages.put("confirm", confirm(false, LogonMethod.PASSKEY, LogonMethod.PASSWORD));
        pages.put("confirm-passkey", confirm(false, LogonMethod.PASSKEY));
        pages.put("confirm-password", confirm(false, LogonMethod.PASSWORD));
        pages.put("confirm-first-part", confirm(true, LogonMethod.PASSWORD));
        pages.put("confirm-second-part", confirm(true, LogonMethod.SECURITY_KEY));
        pages.put("confirm-unsent", confirmForApplication());
        pages.put("confirm-code-refused", confirmByCode(Alert.of("code-refused")));
        pages.put("confirm-not-allowed", confirmByCode(Alert.of("password-too-weak")));
        pages.put("second-factor", secondFactor(null, LogonMethod.PASSKEY));
        pages.put("second-factor-key", secondFactor(null, LogonMethod.SECURITY_KEY));
        pages.put("second-factor-password", secondFactor(Alert.of("authentication-failed"), LogonMethod.PASSWORD));
        pages.put("second-factor-binding", secondFactor(null));
        pages.put("second-factor-codes", secondFactorByCode(true, null));
        pages.put("second-factor-code-refused", secondFactorByCode(true, Alert.of("code-refused")));
        pages.put("second-factor-throttled", secondFactorByCode(true, new Alert("too-many-requests", 60)));
        pages.put("second-factor-recovery", secondFactorByCode(false, null));
        pages.put("backup-empty", backup(null, "", 0));
        pages.put("backup", backup(contact(true), "", 7).with(Notice.CONTACT_SET));
        pages.put("backup-code", backup(contact(false), "+49 ••• ••42", 10).with(Notice.CODE_SENT));
        pages.put("backup-refused", backup(null, "a•••@example.com", 0).with(Alert.of("code-refused")));
        pages.put("backup-contact-refused", backup(null, "", 0).with(Alert.of("invalid-contact")));
        pages.put("backup-unavailable", backup(null, "", 0).with(Alert.of("unavailable")));
        pages.put("backup-mail-refused", backupReaching(false, true).with(Alert.of("invalid-contact")));
        pages.put("backup-phone-refused", backupReaching(true, false).with(Alert.of("invalid-contact")));
        pages.put("backup-without-codes", backupWithoutCodes());
        pages.put("backup-replace", backup(contact(true), "", 7).asking());
        pages.put("backup-new-codes", backup(contact(true), "", 0).showing(recoveryCodes()));
        pages.put("settings", settings());
        pages.put("settings-changed", settings().with(Notice.SETTINGS_CHANGED));
        pages.put("settings-stale", settings().with(Alert.of("settings-stale")));
        pages.put("settings-dialog", settings().with(dialog("", List.of())));
        pages.put(
                "settings-refused", settings().with(dialog("Please enter less.", List.of("That cannot be: " + NASTY))));
        pages.put("audit", audit(new AuditSearch("", "", "", "", ""), 3, true));
        pages.put("audit-empty", audit(new AuditSearch(NASTY, "LOGON", "CODE", "2026-11-01", "2026-11-27"), 0, false));
        pages.put("adoption", adoption(7));
        pages.put("adoption-empty", adoption(0));
        pages.put("message-header", new MessagePage(site, 403, "cross-origin", "Origin", ""));
        pages.put("message-missing", new MessagePage(site, 404, "not-found", "", CONTEXT + "/"));
        pages.put("message-unavailable", new MessagePage(site, 503, "unavailable", "", ""));
        pages.put("message-logged-out", new MessagePage(site, 200, "logged-out", "", CONTEXT + "/passkey/logon"));
        pages.put("message-teapot", new MessagePage(site, 418, "teapot", "", ""));
        pages.put("users", users(3, true, ""));
        pages.put("users-none", users(0, false, ""));
        pages.put("users-stranger", users(0, false, NASTY));
        pages.put("user", user(administered("usable", false, false), 3));
        pages.put("user-none", user(administered("unusable", false, false), 0));
        pages.put("user-locked", user(administered("unusable", false, false), 1));
        pages.put("user-administrator", user(administered("usable", true, false), 2));
        pages.put("user-nasty", user(new UserState(id(2), NASTY, "unknown", true, false, true, false, true), 2));
        pages.put("user-own", user(administered("usable", true, true), 1));
        pages.put("user-alert", user(administered("usable", false, false), 1).with(Alert.of("own-request")));
        pages.put("user-of-two", user(administered("usable", false, false), 1).with(Alert.of("second-administrator")));
        pages.put("user-revoke", user(administered("usable", false, false), 2).with(UserDialog.revoke(id(1))));
        pages.put("user-reset", asked(UserDialog.Kind.RESET));
        pages.put("user-approve", asked(UserDialog.Kind.APPROVE));
        pages.put("user-requested", asked(UserDialog.Kind.APPROVE).with(Notice.RESET_REQUESTED));
        pages.put("user-pass", user(administered("usable", false, false), 1).with(pass()));
        pages.put("reset", new ResetPage(site, id(0), null));
        pages.put("reset-refused", new ResetPage(site, id(0), Alert.of("reset-refused")));
        pages.put("reset-incomplete", new ResetPage(site, "", null));
        pages.put("reset-bind", new ResetBindPage(site, "alice@example.com", "Chrome on Mac", CONTEXT + "/done"));
        pages.put("message-reset-done", new MessagePage(site, 200, "reset-done", "", CONTEXT + "/passkey/logon"));
        return pages;
    }

    private UsersPage users(int number, boolean more, String neverSeen) {
        List<UserRow> rows = IntStream.range(0, number)
                .mapToObj(index -> new UserRow(
                        id(index),
                        List.of("alice@example.com", NASTY, "w".repeat(100)).get(index),
                        index == 1,
                        index,
                        index == 0 ? null : CREATED))
                .toList();
        return new UsersPage(site, "admin@example.com", "a", rows, more, neverSeen);
    }

    private static UserState administered(String account, boolean administrator, boolean own) {
        return new UserState(
                id(3),
                "bob@example.com",
                account,
                false,
                administrator,
                administrator || !account.equals("usable"),
                own,
                true);
    }

    private UserPage user(UserState user, int passkeys) {
        return UserPage.of(site, "admin@example.com", user, rows(passkeys), null);
    }

    private UserPage asked(UserDialog.Kind kind) {
        PendingReset request = new PendingReset(id(4), "carol@example.com", false, CREATED);
        return UserPage.of(site, "admin@example.com", administered("usable", true, false), rows(1), request)
                .with(UserDialog.of(kind));
    }

    private static GivenPass pass() {
        return new GivenPass("https://www.example.com/shop/passkey/reset?pass=" + id(5), CREATED);
    }

    private UpgradePage upgrade() {
        String security = CONTEXT + "/passkey/security";
        return new UpgradePage(site, CONTEXT + "/passkey/bind?to=sealed.target", CONTEXT + "/secret", security, null);
    }

    private BindPage bind(String suggestion) {
        return bind(suggestion, false, null);
    }

    private BindPage bind(String suggestion, boolean demanded, @Nullable Notice notice) {
        return new BindPage(
                site,
                "alice@example.com",
                suggestion,
                demanded ? "bind.fact.both" : "bind.fact.password",
                demanded,
                "sealed.target",
                "sealed.again",
                CONTEXT + "/secret?bound={id}",
                CONTEXT + "/secret",
                notice,
                null);
    }

    private ConfirmPage confirm(boolean inParts, LogonMethod... ways) {
        String back = CONTEXT + "/passkey/security";
        return new ConfirmPage(
                site, ProofGroup.OWN, "alice@example.com", Set.of(ways), inParts, "security", back, null, null, null);
    }

    private SecondFactorPage secondFactor(@Nullable Alert alert, LogonMethod... ways) {
        return new SecondFactorPage(
                site,
                "alice@example.com",
                ways.length == 0,
                Set.of(ways),
                "sealed.target",
                "Chrome on Mac",
                null,
                alert);
    }

    private SecondFactorPage secondFactorByCode(boolean sent, @Nullable Alert alert) {
        CodeForm codes = new CodeForm(
                site, CONTEXT + "/passkey/second-factor/code", "", "to", "sealed.target", "+49 ••• ••42", sent, true);
        return new SecondFactorPage(
                site, NASTY, false, Set.of(LogonMethod.PASSKEY), "sealed.target", "Chrome on Mac", codes, alert);
    }

    private ConfirmPage confirmForApplication() {
        String back = CONTEXT + "/";
        return new ConfirmPage(
                site,
                ProofGroup.APPLICATION,
                NASTY,
                Set.of(LogonMethod.PASSKEY),
                false,
                "sealed.target",
                back,
                null,
                Notice.UNSENT,
                null);
    }

    private ConfirmPage confirmByCode(Alert alert) {
        CodeForm codes = new CodeForm(
                site, CONTEXT + "/passkey/confirm/code", "own", "return", "security", "+49 ••• ••42", true, true);
        String back = CONTEXT + "/passkey/security";
        return new ConfirmPage(
                site, ProofGroup.OWN, NASTY, Set.of(LogonMethod.PASSKEY), false, "security", back, codes, null, alert);
    }

    private BackupPage backupReaching(boolean phones, boolean mail) {
        return new BackupPage(site, NASTY, phones, mail, null, "", 3, true, false, List.of(), null, null);
    }

    private BackupPage backup(@Nullable ContactState contact, String verifying, int codes) {
        return new BackupPage(
                site, "alice@example.com", true, true, contact, verifying, codes, true, false, List.of(), null, null);
    }

    private BackupPage backupWithoutCodes() {
        ContactState forNotices = new ContactState("+49 ••• ••42", new Moment(CREATED), null, false);
        return new BackupPage(site, NASTY, true, false, forNotices, "", 3, false, false, List.of(), null, null);
    }

    private static ContactState contact(boolean usable) {
        Moment since = new Moment(CREATED);
        return new ContactState("a•••@example.com", since, new Moment(CREATED.plusSeconds(86_400)), usable);
    }

    private static List<String> recoveryCodes() {
        return IntStream.range(0, 10)
                .mapToObj(index -> "7KQ2-9XFD-M3WT-" + (1000 + index))
                .toList();
    }

    private AuditPage audit(AuditSearch search, int events, boolean kept) {
        List<AuditLine> lines = IntStream.range(0, events)
                .mapToObj(index -> new AuditRecord(
                        "17953425301234560000000" + index,
                        CREATED.minusSeconds(index * 1_234L),
                        index == 0 ? "LOGON" : "PASSKEYS_QUARANTINED",
                        index == 1 ? NASTY : "W".repeat(255),
                        "1",
                        index == 2 ? "passkey+password+security-key+one-time-code+recovery-code" : "passkey",
                        index == 0 ? "" : "PASSWORD_NOT_ALLOWED",
                        index == 1 ? "" : ID,
                        "2001:db8:1234:5678:9abc:def0:1234:5678",
                        index == 1 ? "<script>".repeat(20) : "Mozilla/5.0 (X11; Linux x86_64) Chrome/143.0",
                        index == 2 ? "heir=\"" + "x".repeat(200) + '"' : ""))
                .map(AuditLine::new)
                .toList();
        String address = CONTEXT + "/passkey/admin/audit";
        return new AuditPage(
                site,
                NASTY,
                search,
                List.of("LOGON", "LOGON_REFUSED", "PASSKEYS_QUARANTINED"),
                List.of("CODE", "PASSWORD_NOT_ALLOWED"),
                kept,
                lines,
                events == 0 ? "" : address + "?before=1",
                address + "/export?");
    }

    private AdoptionPage adoption(int most) {
        List<AdoptionPage.Bar> bars = IntStream.range(0, most)
                .mapToObj(index -> new AdoptionPage.Bar(
                        index == 1 ? "passkey+password+security-key+one-time-code" : "2026-11-2" + index,
                        (most - index) * 1_000L,
                        most * 1_000L))
                .toList();
        return new AdoptionPage(site, NASTY, most > 0, 1_234_567, 123_456, 234_567, bars, bars, bars);
    }

    private SettingsPage settings() {
        List<Setting> security = List.of(
                new Setting("Allow users to login with passkey", List.of("Yes")),
                new Setting("Second factor by group", List.of(NASTY + ": Off", "W".repeat(200) + ": Off")));
        return SettingsPage.showing(site, NASTY, security);
    }

    private static SettingsDialog dialog(String error, List<String> objections) {
        List<Field.Choice> choices = List.of(new Field.Choice("off", "Off"), new Field.Choice("on", NASTY));
        List<Field> fields = List.of(
                new Field(Field.Kind.TICK, "allowed", "Allow", "", "true", List.of(), ""),
                new Field(Field.Kind.TICK, "understood", "I understand", "Users: 3", "false", List.of(), ""),
                new Field(Field.Kind.CHOICE, "choice", "A choice", "A hint", "on", choices, error),
                new Field(Field.Kind.LINE, "line", "A line", "", NASTY, List.of(), error),
                new Field(Field.Kind.LINES, "lines", "Lines", "A hint", NASTY + "\n" + NASTY, List.of(), error));
        List<Field> others = List.of(new Field(Field.Kind.TICK, "tick", "W".repeat(90), "", "", List.of(), error));
        return new SettingsDialog(
                List.of(new FieldGroup("First", fields), new FieldGroup("Second", others)), 7, objections);
    }

    private SecurityPage security(int passkeys) {
        return security(passkeys, false);
    }

    private SecurityPage security(int passkeys, boolean lastStays) {
        boolean several = passkeys == 3;
        return SecurityPage.listing(
                site, user(), rows(passkeys), 5, true, several, lastStays, several, several, "Chrome on Mac");
    }

    private static PasskeyDialog refusedName() {
        return PasskeyDialog.renameRefused(id(1), "Work laptop", Alert.of("name-taken"));
    }

    private static UserEntity user() {
        return new UserEntity("dXNlci1oYW5kbGU", "alice@example.com", "");
    }

    /** The id of the passkey at that place of the list. */
    static String id(int index) {
        return ID.substring(index) + ID.substring(0, index);
    }

    private static List<PasskeyRow> rows(int number) {
        List<String> names = List.of("Work laptop", "Pixel 9", NASTY, "Blue security key", "W".repeat(64));
        List<String> providers = List.of("Windows Hello", "Google Password Manager", "", "YubiKey 5 NFC", "1Password");
        return IntStream.range(0, number)
                .mapToObj(index -> new PasskeyRow(
                        id(index),
                        (id(index) + id(index)).substring(index * 15),
                        names.get(index),
                        index == 3 ? PasskeyUse.SECOND_FACTOR : PasskeyUse.LOGON,
                        providers.get(index),
                        index == 1 || index == 4,
                        CREATED.plusSeconds(index * 8_000_123L),
                        index == 0 ? null : CREATED.plusSeconds(index * 9_111_123L)))
                .toList();
    }
}
