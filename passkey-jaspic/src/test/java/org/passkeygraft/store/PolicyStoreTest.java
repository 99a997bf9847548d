package org.passkeygraft.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.passkeygraft.Account;
import org.passkeygraft.CredentialRecord;
import org.passkeygraft.config.PasskeyConfiguration.Database;
import org.passkeygraft.policy.AuthenticatorPolicy;
import org.passkeygraft.policy.BackupPolicy;
import org.passkeygraft.policy.BackupUse;
import org.passkeygraft.policy.LogonSuffixes;
import org.passkeygraft.policy.ModelRule;
import org.passkeygraft.policy.PasskeyPolicy;
import org.passkeygraft.policy.PasswordRule;
import org.passkeygraft.policy.Reliance;
import org.passkeygraft.policy.SecondFactorPolicy;
import org.passkeygraft.policy.SecondFactorRule;
import org.passkeygraft.policy.VersionedPolicy;
import org.passkeygraft.testing.AtOnce;

@ParameterizedClass
@EnumSource
final class PolicyStoreTest {
    private static final PasskeyPolicy DEFAULT = PasskeyPolicy.STANDARD;
    private static final PasskeyPolicy OFF =
            PasskeyPolicy.STANDARD.withAllowed(false).withMaximum(3).withOfferToBind(false);

    private final Database.Url database;
    private final TestClock clock = new TestClock();

    PolicyStoreTest(TestDatabase database) {
        this.database = database.fresh();
    }

    @Test
    void theFirstStartTakesTheDefaultsAndLaterStartsWhatTheyFind() {
        try (PasskeyStore first = Fixture.open(database, clock)) {
            assertThat(first.policy().current()).isEqualTo(DEFAULT);
            change(first, OFF);
            assertThat(first.policy().current()).isEqualTo(OFF);

            try (PasskeyStore second = Fixture.open(database, clock)) {
                assertThat(second.policy().current()).isEqualTo(OFF);
            }
        }
    }

    @Test
    void aChangeElsewhereIsSeenWithinFiveSeconds() {
        try (PasskeyStore here = Fixture.open(database, clock);
                PasskeyStore elsewhere = Fixture.open(database, clock)) {
            assertThat(here.policy().current()).isEqualTo(DEFAULT);

            change(elsewhere, OFF);
            clock.advance(Duration.ofSeconds(4));
            assertThat(here.policy().current()).isEqualTo(DEFAULT);
            clock.advance(Duration.ofSeconds(1));
            assertThat(here.policy().current()).isEqualTo(OFF);
        }
    }

    @Test
    void ofTwoWhoChangeTheSamePolicyOneIsLate() {
        try (PasskeyStore here = Fixture.open(database, clock);
                PasskeyStore elsewhere = Fixture.open(database, clock)) {
            long version = here.policy().versioned().version();
            assertThat(elsewhere.policy().change(OFF, version)).isTrue();

            assertThat(here.policy().change(DEFAULT.withMaximum(9), version)).isFalse();

            assertThat(here.policy().versioned()).isEqualTo(new VersionedPolicy(OFF, version + 1));
        }
    }

    @Test
    void ofManyWhoChangeTheSamePolicyAtOnceOneDoes() {
        try (PasskeyStore store = Fixture.open(database, clock)) {
            long version = store.policy().versioned().version();

            List<Boolean> changed =
                    AtOnce.run(8, index -> store.policy().change(DEFAULT.withMaximum(index + 10), version));

            assertThat(changed).containsOnlyOnce(true);
            assertThat(store.policy().versioned().version()).isEqualTo(version + 1);
        }
    }

    @Test
    void whoReliesOnPasskeysIsCountedByUserAndByTheLastThirtyDays() {
        try (PasskeyStore store = Fixture.open(database, clock)) {
            PasskeyUser alice = store.users().establish(Fixture.account("alice"));
            PasskeyUser bob = store.users().establish(Fixture.account("bob"));
            store.credentials().bind(Fixture.ceremony(), Fixture.passkey(alice.handle(), "Phone"), alice, 5);
            store.credentials().bind(Fixture.ceremony(), Fixture.passkey(alice.handle(), "Laptop"), alice, 5);
            store.credentials().bind(Fixture.ceremony(), Fixture.passkey(bob.handle(), "Phone"), bob, 5);
            assertThat(store.survey().reliance()).isEqualTo(new Reliance(2, 0));

            CredentialRecord used = store.credentials().of(bob.handle()).get(0);
            store.credentials().recordLogon(Fixture.ceremony(), used.id(), 9, true, clock.instant());
            assertThat(store.survey().reliance()).isEqualTo(new Reliance(2, 1));
            clock.advance(Duration.ofDays(31));
            assertThat(store.survey().reliance()).isEqualTo(new Reliance(2, 0));
        }
    }

    @Test
    void aNameThatEndsLikeASuffixIsFoundWhateverItsCaseAndLiterally() {
        try (PasskeyStore store = Fixture.open(database, clock)) {
            store.users().establish(new Account("Alice@Corp.Example", "1"));
            store.users().establish(new Account("bob@a_b", "2"));

            assertThat(store.survey().nameWith("corp.EXAMPLE")).contains("Alice@Corp.Example");
            assertThat(store.survey().nameWith("example")).isEmpty();
            assertThat(store.survey().nameWith("a_b")).contains("bob@a_b");
            assertThat(store.survey().nameWith("axb")).isEmpty();
            assertThat(store.survey().nameWith("%")).isEmpty();
        }
    }

    @Test
    void aLogonBringsThePolicyAlong() {
        try (PasskeyStore here = Fixture.open(database, clock);
                PasskeyStore elsewhere = Fixture.open(database, clock)) {
            PasskeyUser alice = here.users().establish(Fixture.account("alice"));
            var passkey = Fixture.passkey(alice.handle(), "Phone");
            here.credentials().bind(Fixture.ceremony(), passkey, alice, 5);
            assertThat(here.policy().current()).isEqualTo(DEFAULT);
            change(elsewhere, OFF);

            assertThat(here.credentials().forLogon(passkey.id()).orElseThrow().policy())
                    .isEqualTo(OFF);

            assertThat(here.policy().current()).isEqualTo(OFF);
        }
    }

    @Test
    void theCopyCostsNoStatement() {
        StatementCounter counter = StatementCounter.of(database);
        try (PasskeyStore store = Fixture.open(counter.database(), clock)) {
            store.policy().current();
            counter.reset();

            store.policy().current();
            store.sealingKeys().keys();
            assertThat(counter.statements()).isEmpty();

            clock.advance(Duration.ofSeconds(5));
            store.policy().current();
            assertThat(counter.statements()).hasSize(1);
        }
    }

    @Test
    void serversThatStartAtOnceOnAnEmptyDatabaseAgree() {
        List<List<Object>> seen = AtOnce.run(4, index -> {
            try (PasskeyStore store = Fixture.open(database, clock)) {
                return List.of(store.policy().current(), store.sealingKeys().keys());
            }
        });

        assertThat(seen).hasSize(4);
        assertThat(seen.stream().distinct()).hasSize(1);
    }

    @Test
    void everyPartOfAPolicyIsKept() {
        PasskeyPolicy policy = PasskeyPolicy.STANDARD
                .withMaximum(7)
                .withOfferToBind(false)
                .withSilentUpgrade(true)
                .withPassword(PasswordRule.WHILE_NO_PASSKEY)
                .withSecondFactor(new SecondFactorPolicy(
                        SecondFactorRule.WHEN_BOUND,
                        Map.of("head of office", SecondFactorRule.REQUIRED, "machines", SecondFactorRule.OFF),
                        false))
                .withBackup(new BackupPolicy(BackupUse.OFF, BackupUse.SECOND_FACTOR))
                .withAuthenticators(new AuthenticatorPolicy(true, ModelRule.NOT_THESE, Set.of("a", "b")))
                .withSuffixes(new LogonSuffixes("corp", Set.of("branch", "example.org")));
        SecondFactorPolicy twice = new SecondFactorPolicy(SecondFactorRule.OFF, Map.of(), true);
        try (PasskeyStore store = Fixture.open(database, clock)) {
            for (PasskeyPolicy kept :
                    List.of(policy, policy.withPassword(PasswordRule.ALLOWED).withSecondFactor(twice))) {
                change(store, kept);
                clock.advance(Duration.ofSeconds(5));

                assertThat(store.policy().current()).isEqualTo(kept);
            }
        }
    }

    @Test
    void t51_aPolicyThatLetsNobodyInIsNotKept() {
        try (PasskeyStore store = Fixture.open(database, clock)) {
            assertThatThrownBy(() -> store.policy().change(OFF.withSecondFactor(SecondFactorRule.REQUIRED), 0))
                    .isInstanceOf(IllegalArgumentException.class);
            clock.advance(Duration.ofSeconds(5));
            assertThat(store.policy().current()).isEqualTo(DEFAULT);
        }
    }

    private static void change(PasskeyStore store, PasskeyPolicy policy) {
        assertThat(store.policy().change(policy, store.policy().versioned().version()))
                .isTrue();
    }
}
