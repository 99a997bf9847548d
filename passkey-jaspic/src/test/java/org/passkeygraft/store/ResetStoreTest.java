package org.passkeygraft.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.passkeygraft.Account;
import org.passkeygraft.Contact;
import org.passkeygraft.CredentialRecord;
import org.passkeygraft.testing.AtOnce;

/** What two requests may not both do, decided by the database. */
@ParameterizedClass
@EnumSource
final class ResetStoreTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int AT_ONCE = 8;

    private final TestClock clock = new TestClock();
    private final PasskeyStore store;
    private final ResetStore resets;
    private final PasskeyUser alice;

    ResetStoreTest(TestDatabase database) {
        store = Fixture.open(database.fresh(), clock);
        resets = store.resets();
        alice = store.users().establish(new Account("alice", "1"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void onlyTheNewestPassCountsHoweverManyAreGivenAtOnce() {
        List<String> passes = AtOnce.run(AT_ONCE, number -> resets.issue(alice, "admin" + number, HOUR));

        assertThat(passes).filteredOn(pass -> pass(pass).isPresent()).hasSize(1);
    }

    @Test
    void aNewPassTakesBackABindingThatAnOlderOneLedTo() {
        String binding = resets.spend(
                        alice, pass(resets.issue(alice, "admin", HOUR)).orElseThrow(), HOUR)
                .orElseThrow();

        resets.issue(alice, "admin", HOUR);

        assertThat(binding(binding)).isEmpty();
    }

    @Test
    void ofManyWhoApproveARequestAtOnceOneGivesThePass() {
        resets.request(alice, "2", HOUR);
        Grant request = store.grants().newest(GrantKind.RESET_REQUESTED, "1").orElseThrow();

        List<Optional<String>> passes =
                AtOnce.run(AT_ONCE, number -> resets.approve(alice, request, "admin" + number, HOUR));

        assertThat(passes).filteredOn(Optional::isPresent).hasSize(1);
        assertThat(store.grants().newest(GrantKind.RESET_REQUESTED, "1")).isEmpty();
    }

    @Test
    void onlyTheNewestRequestIsLeftAndAPassEndsIt() {
        Grant older = request("2");
        Grant newer = request("3");
        assertThat(resets.approve(alice, older, "admin", HOUR)).isEmpty();

        resets.issue(alice, "admin", HOUR);

        assertThat(resets.approve(alice, newer, "admin", HOUR)).isEmpty();
    }

    @Test
    void aPassIsSpentOnce() {
        Grant pass = pass(resets.issue(alice, "admin", HOUR)).orElseThrow();

        List<Optional<String>> bindings = AtOnce.run(AT_ONCE, number -> resets.spend(alice, pass, HOUR));

        assertThat(bindings).filteredOn(Optional::isPresent).hasSize(1);
    }

    @Test
    void onePassBindsOnePasskeyInThePlaceOfAllOthersAndEndsTheSessions() {
        store.credentials().bind(Fixture.ceremony(), Fixture.passkey(alice.handle(), "Lost"), alice, 5);
        store.credentials().bind(Fixture.ceremony(), Fixture.passkey(alice.handle(), "Stolen"), alice, 5);
        store.contacts().replace(alice, new Contact(Contact.Kind.EMAIL, "thief@example.org"), Fixture.NOW);
        store.recoveryCodes().replace(alice, Set.of("made by a thief"));
        Grant binding = newBinding();

        List<ResetOutcome> outcomes = AtOnce.run(
                AT_ONCE,
                number -> resets.bind(binding, Fixture.ceremony(), Fixture.passkey(alice.handle(), "New " + number)));

        assertThat(outcomes)
                .containsOnlyOnce(ResetOutcome.BOUND)
                .contains(ResetOutcome.GRANT_GONE)
                .hasSize(AT_ONCE);
        assertThat(names()).hasSize(1).allMatch(name -> name.startsWith("New"));
        assertThat(store.contacts().byKey("1")).isEmpty();
        assertThat(store.recoveryCodes().remaining("1")).isZero();
        assertThat(store.users().epoch("1")).hasValue(alice.epoch() + 1);
    }

    @Test
    void aPassOfAnEndedEpochBindsNothingAndDeletesNothing() {
        store.credentials().bind(Fixture.ceremony(), Fixture.passkey(alice.handle(), "Mine"), alice, 5);
        Grant binding = newBinding();
        store.users().raiseEpoch(alice.account());

        assertThat(resets.bind(binding, Fixture.ceremony(), Fixture.passkey(alice.handle(), "New")))
                .isEqualTo(ResetOutcome.SESSIONS_ENDED);
        assertThat(names()).containsExactly("Mine");
    }

    @Test
    void aCeremonyOrACredentialThatIsTakenChangesNothing() {
        store.credentials().bind(Fixture.ceremony(), Fixture.passkey(alice.handle(), "Mine"), alice, 5);
        PasskeyUser bob = store.users().establish(new Account("bob", "2"));
        CredentialRecord foreign = Fixture.passkey(bob.handle(), "Bob's");
        store.credentials().bind(Fixture.ceremony(), foreign, bob, 5);
        SpentCeremony spent = Fixture.ceremony();
        store.credentials().spend(spent);
        Grant binding = newBinding();

        assertThat(resets.bind(binding, spent, Fixture.passkey(alice.handle(), "New")))
                .isEqualTo(ResetOutcome.CEREMONY_SPENT);
        assertThat(resets.bind(binding, Fixture.ceremony(), Fixture.passkey(alice.handle(), "New", foreign.id(), 0)))
                .isEqualTo(ResetOutcome.REGISTERED);
        assertThat(names()).containsExactly("Mine");
        assertThat(store.users().epoch("1")).hasValue(alice.epoch());
        assertThat(resets.bind(binding, Fixture.ceremony(), Fixture.passkey(alice.handle(), "New")))
                .isEqualTo(ResetOutcome.BOUND);
    }

    @Test
    void ofManyTriesAtOnceOnlySoManyAreLetThrough() {
        Grant pass = pass(resets.issue(alice, "admin", HOUR)).orElseThrow();

        List<Boolean> tries = AtOnce.run(AT_ONCE, number -> store.grants().tries(pass, 5));

        assertThat(tries).filteredOn(let -> let).hasSize(5);
        store.grants().forgive(pass);
        assertThat(store.grants().tries(pass, 5)).isTrue();
        assertThat(store.grants().tries(pass, 5)).isFalse();
    }

    private Grant request(String byKey) {
        clock.advance(Duration.ofSeconds(1));
        resets.request(alice, byKey, HOUR);
        return store.grants().newest(GrantKind.RESET_REQUESTED, "1").orElseThrow();
    }

    private Grant newBinding() {
        Grant pass = pass(resets.issue(store.users().byKey("1").orElseThrow(), "admin", HOUR))
                .orElseThrow();
        return binding(resets.spend(alice, pass, HOUR).orElseThrow()).orElseThrow();
    }

    private Optional<Grant> pass(String shown) {
        return store.grants().look(GrantKind.RESET, shown);
    }

    private Optional<Grant> binding(String shown) {
        return store.grants().look(GrantKind.RESET_BINDING, shown);
    }

    private List<String> names() {
        return store.credentials().of(alice.handle()).stream()
                .map(passkey -> passkey.name().text())
                .toList();
    }
}
