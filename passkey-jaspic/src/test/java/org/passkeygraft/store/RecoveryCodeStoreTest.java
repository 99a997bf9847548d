package org.passkeygraft.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.passkeygraft.Account;
import org.passkeygraft.UserHandle;
import org.passkeygraft.testing.AtOnce;

@ParameterizedClass
@EnumSource
final class RecoveryCodeStoreTest {
    private final PasskeyStore store;
    private final Account account = Fixture.account("alice");
    private final PasskeyUser alice;

    RecoveryCodeStoreTest(TestDatabase kind) {
        store = kind.store();
        alice = store.users().establish(account);
    }

    @Test
    void ofManyUsesAtOnceOneCounts() {
        store.recoveryCodes()
                .replace(
                        alice,
                        Set.of(
                                "a" + alice.handle().toString().substring(0, 20),
                                "b" + alice.handle().toString().substring(0, 20)));

        assertThat(AtOnce.run(
                        20,
                        index -> store.recoveryCodes()
                                .use(
                                        alice.handle(),
                                        "a" + alice.handle().toString().substring(0, 20))))
                .filteredOn(yes -> yes)
                .hasSize(1);
        assertThat(store.recoveryCodes().remaining(account.key())).isEqualTo(1);
    }

    @Test
    void newOnesTakeThePlaceOfAllOlderOnes() {
        String mine = alice.handle().toString().substring(0, 20);
        store.recoveryCodes().replace(alice, Set.of("1" + mine, "2" + mine));
        store.recoveryCodes().replace(alice, Set.of("3" + mine));

        assertThat(store.recoveryCodes().use(alice.handle(), "1" + mine)).isFalse();
        assertThat(store.recoveryCodes().remaining(account.key())).isEqualTo(1);
    }

    @Test
    void aSessionThatEndedMakesNoCodes() {
        String mine = alice.handle().toString().substring(0, 20);
        store.recoveryCodes().replace(alice, Set.of("1" + mine));
        store.users().raiseEpoch(alice.handle());

        assertThat(store.recoveryCodes().replace(alice, Set.of("2" + mine))).isFalse();
        assertThat(store.recoveryCodes().use(alice.handle(), "1" + mine)).isTrue();
    }

    @Test
    void nobodyUsesAnothersCode() {
        UserHandle bob = store.users().establish(Fixture.account("bob")).handle();
        String code = "c" + alice.handle().toString().substring(0, 20);
        store.recoveryCodes().replace(alice, Set.of(code));

        assertThat(store.recoveryCodes().use(bob, code)).isFalse();
        assertThat(store.recoveryCodes().remaining(account.key())).isEqualTo(1);
    }
}
