package org.passkeygraft.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.passkeygraft.Account;
import org.passkeygraft.Contact;
import org.passkeygraft.testing.AtOnce;

@ParameterizedClass
@EnumSource
final class ContactStoreTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Contact OLD = new Contact(Contact.Kind.MOBILE, "+491701234542");
    private static final Contact NEW = new Contact(Contact.Kind.EMAIL, "alice@example.org");
    private static final Contact NEWER = new Contact(Contact.Kind.EMAIL, "alice@example.net");

    private final TestClock clock = new TestClock();
    private final PasskeyStore store;
    private final Account account = Fixture.account("alice");
    private final PasskeyUser alice;

    ContactStoreTest(TestDatabase kind) {
        store = Fixture.open(kind.fresh(), clock);
        alice = store.users().establish(account);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aFirstContactIsOfUseAfterADayAndToldOfFromNowOn() {
        assertThat(store.contacts().replace(alice, NEW, later())).contains(List.of());

        assertThat(forCodes()).isEmpty();
        assertThat(current().forNotices(clock.instant())).containsExactly(NEW);
        clock.advance(DAY.minusMillis(1));
        assertThat(forCodes()).isEmpty();
        clock.advance(Duration.ofMillis(1));
        assertThat(forCodes()).contains(NEW);
    }

    @Test
    void theOldContactServesUntilTheNewOneDoesAndNeverBoth() {
        use(OLD);
        store.contacts().replace(alice, NEW, later());

        assertThat(forCodes()).contains(OLD);
        assertThat(current().forNotices(clock.instant())).containsExactly(NEW, OLD);
        clock.advance(DAY);
        assertThat(forCodes()).contains(NEW);
        assertThat(current().forNotices(clock.instant())).containsExactly(NEW);
    }

    @Test
    void aContactThatWasNeverOfUseDoesNotBecomeSoByBeingReplaced() {
        use(OLD);
        store.contacts().replace(alice, NEW, later());
        store.contacts().replace(alice, NEWER, later());

        assertThat(forCodes()).contains(OLD);
        clock.advance(DAY);
        assertThat(forCodes()).contains(NEWER);
    }

    @Test
    void aRemovedContactIsGoneAtOnceWithTheOneBefore() {
        use(OLD);
        store.contacts().replace(alice, NEW, later());

        assertThat(store.contacts().remove(alice)).contains(List.of(NEW, OLD));
        assertThat(store.contacts().byKey(account.key())).isEmpty();
        assertThat(store.contacts().remove(alice)).contains(List.of());
    }

    @Test
    void aSessionThatEndedChangesNoContact() {
        use(OLD);
        store.users().raiseEpoch(alice.handle());

        assertThat(store.contacts().replace(alice, NEW, later())).isEmpty();
        assertThat(store.contacts().remove(alice)).isEmpty();
        assertThat(current().contact()).isEqualTo(OLD);
    }

    @Test
    void ofManyChangesAtOnceOneStays() throws SQLException {
        use(OLD);
        AtOnce.run(
                8,
                index -> store.contacts()
                        .replace(alice, new Contact(Contact.Kind.EMAIL, "a" + index + "@example.org"), later()));

        assertThat(forCodes()).contains(OLD);
        assertThat(Rows.of(store).count("passkey_contact")).isEqualTo(1);
    }

    private void use(Contact contact) {
        store.contacts().replace(alice, contact, later());
        clock.advance(DAY);
    }

    private Instant later() {
        return clock.instant().plus(DAY);
    }

    private Optional<Contact> forCodes() {
        return current().forCodes(clock.instant());
    }

    private UserContact current() {
        return store.contacts().byKey(account.key()).orElseThrow();
    }
}
