package org.passkeygraft.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.passkeygraft.Account;
import org.passkeygraft.UserHandle;
import org.passkeygraft.policy.PasskeyPolicy;
import org.passkeygraft.testing.AtOnce;

@ParameterizedClass
@EnumSource
final class UserStoreTest {
    private static final int THREADS = Fixture.isFull() ? 200 : 50;

    private final TestDatabase database;
    private final PasskeyStore store;
    private final UserStore users;
    private final Account alice = Fixture.account("alice");

    UserStoreTest(TestDatabase database) {
        this.database = database;
        store = database.store();
        users = store.users();
    }

    @Test
    void usersAreFoundByTheBeginningOfTheirNamesInAnyCase() {
        PasskeyStore own = Fixture.open(database.fresh());
        for (String name : List.of("Ömer", "alice", "Alicia", "al\ud83d\ude00", "ALBERT", "bob", "\uff21l", "a%_")) {
            own.users().establish(Account.named(name));
        }

        assertThat(found(own, "al"))
                .containsExactlyInAnyOrder("ALBERT", "alice", "Alicia", "al\ud83d\ude00", "\uff21l");
        assertThat(found(own, " aLIC")).containsExactly("alice", "Alicia");
        assertThat(found(own, "öm")).containsExactly("Ömer");
        assertThat(found(own, "%")).isEmpty();
        assertThat(found(own, "a%")).containsExactly("a%_");
        assertThat(found(own, "alice\0")).isEmpty();
        assertThat(found(own, "")).hasSize(8);
        assertThat(own.users().search("al", 2)).hasSize(2);
        own.close();
    }

    @Test
    void aRenamedUserIsFoundByTheNewNameOnly() {
        PasskeyStore own = Fixture.open(database.fresh());
        own.users().establish(new Account("alice", "1"));
        own.users().establish(new Account("Zoe", "1"));

        assertThat(found(own, "zo")).containsExactly("Zoe");
        assertThat(found(own, "alice")).isEmpty();
        own.close();
    }

    private static List<String> found(PasskeyStore store, String beginning) {
        return store.users().search(beginning, 50).stream()
                .map(user -> user.account().name())
                .toList();
    }

    @Test
    void anAccountIsUnknownUntilItIsEstablished() {
        assertThat(users.byKey(alice.key())).isEmpty();

        PasskeyUser user = users.establish(alice);

        assertThat(user.account()).isEqualTo(alice);
        assertThat(user.epoch()).isZero();
        assertThat(user.bindingDeferred()).isEmpty();
        assertThat(user.quarantined()).isFalse();
        assertThat(users.byKey(alice.key())).contains(user);
        assertThat(users.establish(alice)).isEqualTo(user);
    }

    @Test
    void manyThreadsEstablishOneUser() {
        List<PasskeyUser> established = AtOnce.run(THREADS, index -> users.establish(alice));

        assertThat(established)
                .hasSize(THREADS)
                .containsOnly(users.byKey(alice.key()).orElseThrow());
    }

    @Test
    void anAccountWithoutAKeyOfItsOwnIsKeptByName() {
        Account named = Account.named(alice.name());

        PasskeyUser user = users.establish(named);

        assertThat(users.byKey(named.name())).contains(user);
    }

    @Test
    void spellingsThatTheApplicationKeepsApartAreKeptApart() {
        Account upper = Account.named(alice.name().toUpperCase(Locale.ROOT));
        Account blank = Account.named(alice.name() + " ");

        assertThat(List.of(
                        users.establish(Account.named(alice.name())), users.establish(upper), users.establish(blank)))
                .extracting(PasskeyUser::handle)
                .doesNotHaveDuplicates();
    }

    @Test
    void aRenamedAccountKeepsItsHandleAndPasskeys() {
        PasskeyUser before = users.establish(alice);
        store.credentials().bind(Fixture.ceremony(), Fixture.passkey(before.handle(), "Phone"), before, 5);
        Account renamed = new Account(Fixture.account("alicia").name(), alice.key());

        PasskeyUser after = users.establish(renamed);

        assertThat(after).isEqualTo(new PasskeyUser(before.handle(), renamed, 0, null, false));
        assertThat(users.byKey(alice.key())).contains(after);
        assertThat(store.credentials().of(after.handle())).hasSize(1);
    }

    @Test
    void anAccountMadeAgainUnderAnOldNameGetsANewHandleAndTheOldPasskeysRest() {
        PasskeyUser before = users.establish(alice);
        var passkey = Fixture.passkey(before.handle(), "Phone");
        store.credentials().bind(Fixture.ceremony(), passkey, before, 5);

        Establishment made = users.settle(new Account(alice.name(), alice.key() + " again"));

        assertThat(made.user().handle()).isNotEqualTo(before.handle());
        assertThat(made.user().quarantined()).isFalse();
        assertThat(made.quarantined()).containsExactly(before);
        assertThat(store.credentials().of(made.user().handle())).isEmpty();
        PasskeyUser resting =
                store.credentials().forLogon(passkey.id()).orElseThrow().owner();
        assertThat(resting.quarantined()).isTrue();
        assertThat(resting.epoch()).isEqualTo(1);
    }

    @Test
    void aQuarantinedAccountThatComesBackUnderItsOldNameStaysQuarantined() {
        users.establish(alice);
        Account again = new Account(alice.name(), alice.key() + " again");
        users.establish(again);

        assertThat(users.establish(alice).quarantined()).isTrue();
        assertThat(users.byKey(again.key()).orElseThrow().quarantined()).isFalse();
    }

    @Test
    void anAccountWhoseNameWentToAnotherWakesUpUnderItsNewName() {
        PasskeyUser first = users.establish(alice);
        users.establish(new Account(alice.name(), alice.key() + " other"));

        PasskeyUser renamed =
                users.establish(new Account(Fixture.account("alicia").name(), alice.key()));

        assertThat(renamed.handle()).isEqualTo(first.handle());
        assertThat(renamed.quarantined()).isFalse();
    }

    @Test
    void twoAccountsMaySwapTheirNames() {
        Account bob = Fixture.account("bob");
        UserHandle handleOfAlice = users.establish(alice).handle();
        UserHandle handleOfBob = users.establish(bob).handle();

        users.establish(new Account(bob.name(), alice.key()));
        users.establish(new Account(alice.name(), bob.key()));

        PasskeyUser nowBob = users.byKey(alice.key()).orElseThrow();
        PasskeyUser nowAlice = users.byKey(bob.key()).orElseThrow();
        assertThat(nowBob)
                .isEqualTo(new PasskeyUser(handleOfAlice, new Account(bob.name(), alice.key()), 0, null, false));
        assertThat(nowAlice)
                .isEqualTo(new PasskeyUser(handleOfBob, new Account(alice.name(), bob.key()), 1, null, false));
    }

    @Test
    void ofAccountsThatClaimOneNameAtOnceOneHoldsIt() throws Exception {
        AtOnce.run(5, index -> users.establish(new Account(alice.name(), alice.key() + " " + index)));

        assertThat(Rows.of(store).count("passkey_user where account_name = '" + alice.name() + "'"))
                .isEqualTo(5);
        assertThat(Rows.of(store).count("passkey_user where holds_name = '" + alice.name() + "'"))
                .isEqualTo(1);
    }

    @Test
    void aHandleOfAnyTimeIsRecognised() {
        PasskeyUser user = users.establish(alice);

        assertThat(users.issued(user.handle())).isTrue();
        assertThat(users.issued(UserHandle.random(Fixture.RANDOM))).isFalse();
    }

    @Test
    void notNowIsRememberedForAnAccountWithoutARow() {
        Instant until = Instant.now().truncatedTo(ChronoUnit.MICROS);

        users.deferBinding(alice, until);

        assertThat(users.byKey(alice.key()).orElseThrow().bindingDeferred()).contains(until);
        users.deferBinding(alice, until.plusSeconds(1));
        assertThat(users.standing(alice.key()).known().orElseThrow().bindingDeferred())
                .contains(until.plusSeconds(1));
    }

    @Test
    void theEpochOfAnUnknownAccountIsEmptyAndRises() {
        assertThat(users.epoch(alice.key())).isEmpty();

        assertThat(users.raiseEpoch(alice)).isEqualTo(1);
        assertThat(users.raiseEpoch(alice)).isEqualTo(2);

        assertThat(users.epoch(alice.key())).hasValue(2);
    }

    @Test
    void noRaiseOfAnEpochIsLost() {
        AtOnce.run(THREADS, index -> users.raiseEpoch(alice));

        assertThat(users.epoch(alice.key())).hasValue(THREADS);
    }

    @Test
    void standingCountsThePasskeysOfTheUserAlone() {
        assertThat(users.standing(alice.key())).isEqualTo(new UserStanding(null, 0, 0, PasskeyPolicy.STANDARD));
        PasskeyUser user = users.establish(alice);
        assertThat(users.standing(alice.key())).isEqualTo(new UserStanding(user, 0, 0, PasskeyPolicy.STANDARD));
        PasskeyUser bob = users.establish(Fixture.account("bob"));

        store.credentials().bind(Fixture.ceremony(), Fixture.passkey(user.handle(), "a"), user, 5);
        store.credentials().bind(Fixture.ceremony(), Fixture.passkey(user.handle(), "b"), user, 5);
        store.credentials().bind(Fixture.ceremony(), Fixture.passkey(bob.handle(), "c"), bob, 5);

        assertThat(users.standing(alice.key())).isEqualTo(new UserStanding(user, 2, 2, PasskeyPolicy.STANDARD));
    }
}
