package org.passkeygraft.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.passkeygraft.Account;
import org.passkeygraft.Contact;
import org.passkeygraft.CredentialRecord;
import org.passkeygraft.config.ConfigurationException;
import org.passkeygraft.config.PasskeyConfiguration.Database;

/** An H2 that imitates another database. */
final class H2ModesTest {
    static List<String> serving() {
        return H2Mode.SERVING.stream().sorted().toList();
    }

    @ParameterizedTest
    @MethodSource("serving")
    void theStoreWorksIn(String mode) {
        TestClock clock = new TestClock();
        try (PasskeyStore store = Fixture.open(inMode(mode), clock)) {
            PasskeyUser alice = store.users().establish(Fixture.account("alice"));
            CredentialRecord passkey = Fixture.passkey(alice.handle(), "Phone");
            assertThat(store.credentials().bind(Fixture.ceremony(), passkey, alice, 5))
                    .isEqualTo(BindOutcome.BOUND);
            SpentCeremony spent = Fixture.ceremony();
            assertThat(store.credentials().recordLogon(spent, passkey.id(), 1, true, Fixture.NOW))
                    .isEqualTo(LogonOutcome.RECORDED);
            assertThat(store.credentials().recordLogon(spent, passkey.id(), 2, true, Fixture.NOW))
                    .isEqualTo(LogonOutcome.CEREMONY_SPENT);
            assertThat(store.users().standing(alice.account().key()).passkeys()).isEqualTo(1);
            emptyTextsStayEmpty(store, alice);
            limitsAreKept(store);
            assertThat(store.users()
                            .settle(new Account(alice.account().name(), "heir"))
                            .quarantined())
                    .hasSize(1);
            assertThat(store.users().establish(new Account("bob ", "bob ")))
                    .isNotEqualTo(store.users().establish(new Account("bob", "bob")));
        }
    }

    private static void emptyTextsStayEmpty(PasskeyStore store, PasskeyUser alice) {
        Contact contact = new Contact(Contact.Kind.EMAIL, "alice@example.org");
        store.contacts().replace(alice, contact, Fixture.NOW);
        SentCode code = new SentCode("holder", "digest", contact);
        store.oneTimeCodes().admitSend(alice.handle(), CodePurpose.BACKUP);
        store.oneTimeCodes().put(alice.handle(), CodePurpose.BACKUP, code, Duration.ofHours(1));
        assertThat(store.oneTimeCodes().takeTry(alice.handle(), CodePurpose.BACKUP, "holder"))
                .contains(code);
        assertThat(store.oneTimeCodes().use(alice.handle(), CodePurpose.BACKUP, code))
                .isTrue();
        assertThat(store.oneTimeCodes().takeTry(alice.handle(), CodePurpose.BACKUP, "holder"))
                .isEmpty();
        store.remembered().remember("nobody's groups", Set.of());
        assertThat(store.remembered().byKey("nobody's groups").orElseThrow().groups())
                .isEmpty();
        String shown = store.grants().issue(GrantKind.TICKET, alice.account(), 0, "", Duration.ofHours(1));
        assertThat(store.grants().take(GrantKind.TICKET, shown).orElseThrow().detail())
                .isEmpty();
    }

    private static void limitsAreKept(PasskeyStore store) {
        store.audit()
                .append(
                        List.of(
                                AuditStoreTest.event(store.audit(), Fixture.NOW, "LOGON"),
                                AuditStoreTest.event(store.audit(), Fixture.NOW, "LOGON")),
                        Duration.ofDays(1));
        assertThat(store.audit().newestLogons(1)).hasSize(1);
        assertThat(store.users().search("al", 1)).hasSize(1);
        assertThat(store.survey().nameWith("corp")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Oracle", "STRICT", "Derby", "MSSQLServer"})
    void theStartIsRefusedIn(String mode) {
        assertThatThrownBy(() -> Fixture.open(inMode(mode)).close())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("passkey.store.url is \"jdbc:h2:mem:")
                .satisfies(refusal -> assertThat(
                                String.valueOf(refusal.getMessage()).toLowerCase(Locale.ROOT))
                        .contains("the mode " + mode.toLowerCase(Locale.ROOT)))
                .hasMessageContaining("leave MODE out");
    }

    @Test
    void theStartIsRefusedWithTheOldInformationSchema() {
        assertThatThrownBy(() -> Fixture.open(inMode("REGULAR;OLD_INFORMATION_SCHEMA=TRUE"))
                        .close())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("leave OLD_INFORMATION_SCHEMA out");
    }

    @Test
    void everyModeOfH2IsDecided() {
        Set<String> refused = Set.of("ORACLE", "STRICT", "DERBY", "MSSQLSERVER");

        assertThat(Arrays.stream(org.h2.engine.Mode.ModeEnum.values())
                        .map(mode -> mode.name().toUpperCase(Locale.ROOT))
                        .filter(mode -> !refused.contains(mode)))
                .containsExactlyInAnyOrderElementsOf(H2Mode.SERVING);
    }

    private static Database.Url inMode(String mode) {
        Database.Url plain = TestDatabase.H2.fresh();
        return new Database.Url(plain.url() + ";MODE=" + mode, plain.user(), plain.password());
    }
}
