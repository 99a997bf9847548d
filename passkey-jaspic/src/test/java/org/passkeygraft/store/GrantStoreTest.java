package org.passkeygraft.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.passkeygraft.Account;
import org.passkeygraft.testing.AtOnce;

@ParameterizedClass
@EnumSource
final class GrantStoreTest {
    private static final Account ALICE = new Account("alice", "1");

    private final TestClock clock = new TestClock();
    private final PasskeyStore store;
    private final GrantStore grants;

    GrantStoreTest(TestDatabase database) {
        store = Fixture.open(database.fresh(), clock);
        grants = store.grants();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aGrantIsUsedOnceAndSaysWhatItWasGivenFor() {
        String shown = issue();

        assertThat(grants.look(GrantKind.TICKET, shown)).isPresent();
        Grant taken = grants.take(GrantKind.TICKET, shown).orElseThrow();
        assertThat(taken.account()).isEqualTo(ALICE);
        assertThat(taken.epoch()).isEqualTo(7);
        assertThat(taken.detail()).isEqualTo("detail");
        assertThat(grants.take(GrantKind.TICKET, shown)).isEmpty();
    }

    @Test
    void ofManyUsesAtOnceOneCounts() {
        String shown = issue();

        List<Optional<Grant>> uses = AtOnce.run(20, user -> grants.take(GrantKind.TICKET, shown));

        assertThat(uses).filteredOn(Optional::isPresent).hasSize(1);
    }

    @Test
    void anotherKindALaterTimeOrAnotherTextIsNothing() {
        String shown = issue();

        assertThat(grants.look(GrantKind.RESET, shown)).isEmpty();
        assertThat(grants.take(GrantKind.RESET, shown)).isEmpty();
        assertThat(grants.take(GrantKind.TICKET, shown + "A")).isEmpty();
        assertThat(grants.take(GrantKind.TICKET, "")).isEmpty();
        clock.advance(Duration.ofMinutes(1));
        assertThat(grants.take(GrantKind.TICKET, shown)).isEmpty();
    }

    /** Whoever reads the row has the digest only, and showing that is showing another secret. */
    @Test
    void t120_whatTheDatabaseHoldsIsNotWhatTheBrowserShows() {
        String shown = issue();
        String kept = grants.look(GrantKind.TICKET, shown).orElseThrow().id();

        assertThat(kept).isNotEqualTo(shown);
        assertThat(grants.take(GrantKind.TICKET, kept)).isEmpty();
    }

    @Test
    void anAccountsGrantsOfAKindCanBeTakenBack() {
        String shown = issue();
        String another = grants.issue(GrantKind.RESET, ALICE, 0, "", Duration.ofMinutes(1));

        grants.revoke(GrantKind.TICKET, ALICE.key());

        assertThat(grants.take(GrantKind.TICKET, shown)).isEmpty();
        assertThat(grants.take(GrantKind.RESET, another)).isPresent();
    }

    @Test
    void whatHasExpiredGoesWithALaterOne() throws Exception {
        issue();
        clock.advance(Duration.ofMinutes(2));
        issue();

        assertThat(Rows.of(store).count("passkey_grant")).isEqualTo(1);
    }

    private String issue() {
        return grants.issue(GrantKind.TICKET, ALICE, 7, "detail", Duration.ofMinutes(1));
    }
}
