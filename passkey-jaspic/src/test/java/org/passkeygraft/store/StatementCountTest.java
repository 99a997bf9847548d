package org.passkeygraft.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.passkeygraft.Account;
import org.passkeygraft.CredentialId;
import org.passkeygraft.CredentialRecord;
import org.passkeygraft.PasskeyName;
import org.passkeygraft.policy.PasskeyPolicy;

/** What things cost (performance.md, C4). */
@ParameterizedClass
@EnumSource
final class StatementCountTest {
    private final TestClock clock = new TestClock();
    private final StatementCounter counter;
    private final PasskeyStore store;
    private final Account account = Fixture.account("alice");
    private final PasskeyUser alice;
    private final CredentialRecord passkey;

    StatementCountTest(TestDatabase database) {
        counter = StatementCounter.of(database.fresh());
        store = Fixture.open(counter.database(), clock);
        alice = store.users().establish(account);
        passkey = Fixture.passkey(alice.handle(), "Phone", new CredentialId(Fixture.bytes(32)), 1);
        store.credentials().bind(Fixture.ceremony(), passkey, alice, 5);
        counter.reset();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aLogonIsThreeStatementsAndOneTransaction() {
        store.credentials().forLogon(passkey.id());
        assertThat(counter.statements()).hasSize(1);
        assertThat(counter.commits()).isZero();

        assertThat(store.credentials().recordLogon(Fixture.ceremony(), passkey.id(), 2, true, Fixture.NOW))
                .isEqualTo(LogonOutcome.RECORDED);

        assertThat(counter.statements()).hasSize(3);
        assertThat(counter.commits()).isEqualTo(1);
    }

    @Test
    void aRefusalIsNeverMoreThanALogon() {
        store.credentials().forLogon(passkey.id());
        store.credentials().spend(Fixture.ceremony());
        assertThat(counter.statements()).hasSize(2);
        counter.reset();

        SpentCeremony spent = Fixture.ceremony();
        store.credentials().spend(spent);
        counter.reset();
        store.credentials().recordLogon(spent, passkey.id(), 2, true, Fixture.NOW);
        assertThat(counter.statements()).hasSize(1);
        counter.reset();

        store.credentials().recordLogon(Fixture.ceremony(), passkey.id(), 1, true, Fixture.NOW);
        assertThat(counter.statements()).hasSize(3);
        assertThat(counter.commits()).isEqualTo(1);
    }

    @Test
    void aBindIsAtMostFive() {
        store.credentials().bind(Fixture.ceremony(), Fixture.passkey(alice.handle(), "Laptop"), alice, 5);
        assertThat(counter.statements()).hasSize(4);
        assertThat(counter.commits()).isEqualTo(1);
        counter.reset();

        store.credentials()
                .bind(Fixture.ceremony(), Fixture.passkey(alice.handle(), "Copy", passkey.id(), 0), alice, 5);
        assertThat(counter.statements()).hasSize(5);
        counter.reset();

        store.credentials().bind(Fixture.ceremony(), Fixture.passkey(alice.handle(), "Laptop"), alice, 5);
        assertThat(counter.statements()).hasSize(3);
    }

    @Test
    void everythingAskedOnTheWayOfARequestIsOne() {
        store.users().establish(account);
        assertThat(counter.statements()).hasSize(1);
        store.users().byKey(account.key());
        assertThat(counter.statements()).hasSize(2);
        store.users().epoch(account.key());
        assertThat(counter.statements()).hasSize(3);
        store.users().standing(account.key());
        assertThat(counter.statements()).hasSize(4);
        store.users().issued(alice.handle());
        assertThat(counter.statements()).hasSize(5);
        store.credentials().of(alice.handle());
        assertThat(counter.statements()).hasSize(6);
        store.credentials().forBinding(account.key());
        assertThat(counter.statements()).hasSize(7);
    }

    @Test
    void everyValueIsBoundAndNoneIsWritten() {
        CredentialStore credentials = store.credentials();
        String key = passkey.id().key();
        clock.advance(Duration.ofMinutes(2)); // the purge too
        credentials.forLogon(passkey.id());
        credentials.recordLogon(Fixture.ceremony(), passkey.id(), 2, true, Fixture.NOW);
        credentials.recordLogon(Fixture.ceremony(), passkey.id(), 1, true, Fixture.NOW);
        credentials.of(alice.handle());
        credentials.rename(alice, key, new PasskeyName("O'Reilly"));
        credentials.delete(alice, key, false);
        store.users().establish(new Account(account.name(), "another"));
        store.users().establish(new Account("renamed", account.key()));
        store.users().deferBinding(account, Fixture.NOW);
        store.users().raiseEpoch(account);
        store.users().standing(account.key());
        store.policy()
                .change(PasskeyPolicy.STANDARD.withAllowed(false).withMaximum(7).withOfferToBind(false), 0);
        store.policy().current();
        Instant later = Fixture.NOW.plus(Duration.ofDays(1));
        Failures first = new Failures("A".repeat(43), 1, 1, Fixture.NOW, later);
        FailureCount failure = new FailureCount(null, first, true, 10, later);
        FailureCount second = new FailureCount(first, first, false, 10, later);
        store.failures().count(List.of(failure));
        store.failures().of(List.of(first.id()));
        store.failures().count(List.of(second));
        store.failures().confirm(List.of(failure));
        store.failures().forgive(List.of(failure), List.of(second));

        assertThat(counter.statements())
                .hasSizeGreaterThan(20)
                .allMatch(sql -> sql.contains("?") || sql.contains("passkey_policy"), "has parameters")
                .noneMatch(sql -> sql.contains("'"), "writes no text")
                .noneMatch(sql -> sql.contains("2026"), "writes no time");
    }

    @Test
    void spentCeremoniesArePurgedADayAfterTheyExpireAtMostOnceAMinute() throws Exception {
        SpentCeremony old = new SpentCeremony(Fixture.bytes(32).sha256().base64url(), clock.instant());
        store.credentials().spend(old);
        clock.advance(Duration.ofHours(24).plusSeconds(1));
        counter.reset();

        store.credentials().spend(Fixture.ceremony());
        store.credentials().spend(Fixture.ceremony());

        assertThat(counter.statements()).hasSize(3);
        assertThat(Rows.of(store).count("passkey_spent_ceremony where id = '" + old.id() + "'"))
                .isZero();
        assertThat(Rows.of(store).count("passkey_spent_ceremony")).isEqualTo(3);
    }
}
