package org.passkeygraft.store;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.NamedQuery;
import java.lang.reflect.Field;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.passkeygraft.CredentialId;
import org.passkeygraft.CredentialRecord;
import org.passkeygraft.PasskeyName;
import org.passkeygraft.UserHandle;
import org.passkeygraft.policy.PasskeyPolicy;
import org.passkeygraft.testing.AtOnce;

@ParameterizedClass
@EnumSource
final class CredentialStoreTest {
    private static final int THREADS = Fixture.isFull() ? 200 : 50;

    private final PasskeyStore store;
    private final CredentialStore credentials;
    private final PasskeyUser alice;
    private final PasskeyUser bob;

    CredentialStoreTest(TestDatabase database) {
        store = database.store();
        credentials = store.credentials();
        alice = store.users().establish(Fixture.account("alice"));
        bob = store.users().establish(Fixture.account("bob"));
    }

    @Test
    void whatWasBoundIsReadBackWithItsOwnerAndThePolicy() {
        CredentialRecord passkey = bound(alice, "Work laptop");

        assertThat(credentials.forLogon(passkey.id()))
                .contains(new LogonCandidate(passkey, alice, PasskeyPolicy.STANDARD));
        assertThat(credentials.of(alice.handle())).containsExactly(passkey);
    }

    @Test
    void theLongestCredentialIdAndTheShortestAreKept() {
        CredentialRecord longest = Fixture.passkey(alice.handle(), "long", new CredentialId(Fixture.bytes(1023)), 7);
        CredentialRecord shortest = Fixture.passkey(alice.handle(), "short", new CredentialId(Fixture.bytes(1)), 7);

        assertThat(bind(longest)).isEqualTo(BindOutcome.BOUND);
        assertThat(bind(shortest)).isEqualTo(BindOutcome.BOUND);

        assertThat(credentials.forLogon(longest.id()).orElseThrow().credential())
                .isEqualTo(longest);
        assertThat(credentials.forLogon(shortest.id()).orElseThrow().credential())
                .isEqualTo(shortest);
    }

    @Test
    void namesOfSixtyFourCodePointsInAnyScriptAreKept() {
        PasskeyName name = new PasskeyName("\ud83d\udd11".repeat(64));
        CredentialRecord passkey = Fixture.passkey(alice.handle(), name.text());

        assertThat(bind(passkey)).isEqualTo(BindOutcome.BOUND);

        assertThat(credentials.of(alice.handle()))
                .extracting(CredentialRecord::name)
                .containsExactly(name);
    }

    @Test
    void namesThatLookLikeSqlAreOnlyNames() {
        String name = "a'; drop table passkey_user; -- %_\\";

        bound(alice, name);

        assertThat(credentials.of(alice.handle()))
                .extracting(passkey -> passkey.name().text())
                .containsExactly(name);
    }

    @Test
    void anUnknownPasskeyIsNotFound() {
        assertThat(credentials.forLogon(new CredentialId(Fixture.bytes(32)))).isEmpty();
    }

    @Test
    void aLogonIsRecordedWithItsCounterBackupStateAndTime() {
        CredentialRecord passkey = bound(alice, "Phone");
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);

        assertThat(credentials.recordLogon(Fixture.ceremony(), passkey.id(), 9, true, now))
                .isEqualTo(LogonOutcome.RECORDED);

        CredentialRecord used = credentials.of(alice.handle()).get(0);
        assertThat(used.signCount()).isEqualTo(9);
        assertThat(used.backedUp()).isTrue();
        assertThat(used.lastUsed()).contains(now);
        assertThat(used.publicKey()).isEqualTo(passkey.publicKey());
    }

    /** Whoever could change the key of a passkey would be its owner; our own code never does. */
    @Test
    void t102_theKeyAndTheOwnerOfAPasskeyNeverChange() throws Exception {
        CredentialRecord passkey = bound(alice, "Phone");

        try (PersistenceUnit unit =
                PersistenceUnit.open(store.dataSource(), Dialect.of(store.dataSource()), "t102 " + passkey.id())) {
            for (String column : List.of("credentialId", "publicKey", "owner", "aaguid")) {
                Field field = CredentialRow.class.getDeclaredField(column);
                field.setAccessible(true);
                unit.write(entities -> {
                    CredentialRow row =
                            entities.find(CredentialRow.class, passkey.id().key());
                    set(field, row, "changed");
                    return row;
                });
            }
        }

        assertThat(credentials.of(alice.handle())).containsExactly(passkey);
        assertThat(CredentialRow.class.getAnnotationsByType(NamedQuery.class))
                .extracting(NamedQuery::query)
                .noneMatch(query -> query.matches("update .*(publicKey|credentialId|c\\.owner|aaguid) =.* where .*"));
    }

    private static void set(Field field, CredentialRow row, String value) {
        try {
            field.set(row, value);
        } catch (IllegalAccessException closed) {
            throw new IllegalStateException(closed);
        }
    }

    @Test
    void aCeremonyIsSpentOnce() {
        CredentialRecord passkey = bound(alice, "Phone");
        SpentCeremony spent = Fixture.ceremony();

        assertThat(credentials.recordLogon(spent, passkey.id(), 1, true, Fixture.NOW))
                .isEqualTo(LogonOutcome.RECORDED);
        assertThat(credentials.recordLogon(spent, passkey.id(), 2, true, Fixture.NOW))
                .isEqualTo(LogonOutcome.CEREMONY_SPENT);
        assertThat(credentials.spend(spent)).isFalse();
        assertThat(credentials.bind(spent, Fixture.passkey(alice.handle(), "Other"), alice, 5))
                .isEqualTo(BindOutcome.CEREMONY_SPENT);

        assertThat(credentials.of(alice.handle()).get(0).signCount()).isEqualTo(1);
    }

    @Test
    void ofManyAnswersToOneCeremonyOneCounts() {
        CredentialRecord passkey = bound(alice, "Phone");
        SpentCeremony spent = Fixture.ceremony();

        List<LogonOutcome> outcomes =
                AtOnce.run(THREADS, index -> credentials.recordLogon(spent, passkey.id(), 0, false, Fixture.NOW));

        assertThat(outcomes).hasSize(THREADS).containsOnlyOnce(LogonOutcome.RECORDED);
        assertThat(Collections.frequency(outcomes, LogonOutcome.CEREMONY_SPENT)).isEqualTo(THREADS - 1);
    }

    @Test
    void aCounterThatDoesNotMoveForwardRefusesAndSpendsAndRaisesSuspicion() throws Exception {
        CredentialRecord passkey = Fixture.passkey(alice.handle(), "Key", new CredentialId(Fixture.bytes(32)), 5);
        bind(passkey);
        SpentCeremony spent = Fixture.ceremony();

        assertThat(credentials.recordLogon(spent, passkey.id(), 5, false, Fixture.NOW))
                .isEqualTo(LogonOutcome.COUNTER);

        assertThat(credentials.of(alice.handle())).containsExactly(passkey);
        assertThat(credentials.spend(spent)).isFalse();
        assertThat(Rows.of(store)
                        .count("passkey_credential where clone_suspected = true and owner_handle = '" + alice.handle()
                                + "'"))
                .isEqualTo(1);
    }

    @Test
    void aCounterThatStaysAtZeroIsFine() {
        CredentialRecord passkey = bound(alice, "Phone");

        assertThat(credentials.recordLogon(Fixture.ceremony(), passkey.id(), 0, true, Fixture.NOW))
                .isEqualTo(LogonOutcome.RECORDED);
        assertThat(credentials.recordLogon(Fixture.ceremony(), passkey.id(), 0, true, Fixture.NOW))
                .isEqualTo(LogonOutcome.RECORDED);
    }

    @Test
    void aCounterNeverFallsBackToZero() {
        CredentialRecord passkey = Fixture.passkey(alice.handle(), "Key", new CredentialId(Fixture.bytes(32)), 5);
        bind(passkey);

        assertThat(credentials.recordLogon(Fixture.ceremony(), passkey.id(), 0, true, Fixture.NOW))
                .isEqualTo(LogonOutcome.COUNTER);
    }

    @Test
    void t96_ofManyLogonsWithOneCounterValueOneCounts() {
        CredentialRecord passkey = bound(alice, "Key");

        List<LogonOutcome> outcomes = AtOnce.run(
                THREADS, index -> credentials.recordLogon(Fixture.ceremony(), passkey.id(), 1, false, Fixture.NOW));

        assertThat(outcomes).containsOnlyOnce(LogonOutcome.RECORDED);
        assertThat(Collections.frequency(outcomes, LogonOutcome.COUNTER)).isEqualTo(THREADS - 1);
    }

    @Test
    void t96_ofManyLogonsAtOnceTheHighestCounterStays() {
        CredentialRecord passkey = bound(alice, "Key");

        AtOnce.run(
                THREADS,
                index -> credentials.recordLogon(Fixture.ceremony(), passkey.id(), index + 1, false, Fixture.NOW));

        assertThat(credentials.of(alice.handle()).get(0).signCount()).isEqualTo(THREADS);
    }

    @Test
    void aLogonWithAPasskeyDeletedMeanwhileIsRefused() {
        CredentialRecord passkey = bound(alice, "Key");
        credentials.delete(alice, passkey.id().key(), false);

        assertThat(credentials.recordLogon(Fixture.ceremony(), passkey.id(), 1, false, Fixture.NOW))
                .isEqualTo(LogonOutcome.COUNTER);
    }

    @Test
    void aRefusedAnswerSpendsItsCeremony() {
        CredentialRecord passkey = bound(alice, "Key");
        SpentCeremony spent = Fixture.ceremony();

        assertThat(credentials.spend(spent)).isTrue();

        assertThat(credentials.recordLogon(spent, passkey.id(), 1, false, Fixture.NOW))
                .isEqualTo(LogonOutcome.CEREMONY_SPENT);
    }

    @Test
    void theSixthPasskeyIsRefusedAndItsCeremonySpent() {
        IntStream.range(0, 5).forEach(index -> bound(alice, "Key " + index));
        SpentCeremony spent = Fixture.ceremony();

        assertThat(credentials.bind(spent, Fixture.passkey(alice.handle(), "Key 6"), alice, 5))
                .isEqualTo(BindOutcome.LIMIT);

        assertThat(credentials.spend(spent)).isFalse();
        assertThat(credentials.of(alice.handle())).hasSize(5);
    }

    @Test
    void ofManyBindsAtOnceFiveCount() {
        List<BindOutcome> outcomes =
                AtOnce.run(THREADS, index -> bind(Fixture.passkey(alice.handle(), "Key " + index)));

        assertThat(Collections.frequency(outcomes, BindOutcome.BOUND)).isEqualTo(5);
        assertThat(Collections.frequency(outcomes, BindOutcome.LIMIT)).isEqualTo(THREADS - 5);
        assertThat(credentials.of(alice.handle())).hasSize(5);
    }

    @Test
    void ofManyBindsUnderOneNameOneCounts() {
        List<BindOutcome> outcomes = AtOnce.run(
                THREADS,
                index -> bind(Fixture.passkey(alice.handle(), index % 2 == 0 ? "Work Laptop" : "work  laptop")));

        assertThat(outcomes).containsOnlyOnce(BindOutcome.BOUND);
        assertThat(Collections.frequency(outcomes, BindOutcome.NAME_TAKEN)).isEqualTo(THREADS - 1);
    }

    @Test
    void t15_oneCredentialIdIsBoundToOneUserOnly() {
        CredentialId id = new CredentialId(Fixture.bytes(32));
        List<PasskeyUser> users = IntStream.range(0, THREADS)
                .mapToObj(index -> store.users().establish(Fixture.account("user " + index)))
                .toList();
        List<SpentCeremony> ceremonies = IntStream.range(0, THREADS)
                .mapToObj(index -> Fixture.ceremony())
                .toList();

        List<BindOutcome> outcomes = AtOnce.run(
                THREADS,
                index -> credentials.bind(
                        ceremonies.get(index),
                        Fixture.passkey(users.get(index).handle(), "Key", id, 0),
                        users.get(index),
                        5));

        assertThat(outcomes).containsOnlyOnce(BindOutcome.BOUND);
        assertThat(Collections.frequency(outcomes, BindOutcome.REGISTERED)).isEqualTo(THREADS - 1);
        assertThat(ceremonies).noneMatch(credentials::spend);
    }

    @Test
    void aSessionThatEndedChangesNothingAndItsCeremonyIsSpent() {
        CredentialRecord phone = bound(alice, "Phone");
        SpentCeremony spent = Fixture.ceremony();
        store.users().raiseEpoch(alice.handle());

        assertThat(credentials.bind(spent, Fixture.passkey(alice.handle(), "Thief's"), alice, 5))
                .isEqualTo(BindOutcome.SESSIONS_ENDED);
        assertThat(rename(alice, phone, "Thief's")).isEqualTo(RenameOutcome.SESSIONS_ENDED);
        assertThat(credentials.delete(alice, phone.id().key(), false)).isEqualTo(DeleteOutcome.SESSIONS_ENDED);

        assertThat(credentials.spend(spent)).isFalse();
        assertThat(credentials.of(alice.handle())).containsExactly(phone);
    }

    @Test
    void noBindOutlivesTheRevocationOfAllThatItMeets() {
        AtOnce.run(
                THREADS,
                index -> index == THREADS / 2
                        ? credentials.deleteAll(alice.handle())
                        : bind(Fixture.passkey(alice.handle(), "Key " + index)));

        assertThat(credentials.of(alice.handle())).isEmpty();
    }

    @Test
    void aNameInUseIsRefusedAndItsCeremonySpentAndAnotherUserMayHaveIt() {
        bound(alice, "Phone");
        SpentCeremony spent = Fixture.ceremony();

        assertThat(credentials.bind(spent, Fixture.passkey(alice.handle(), "PHONE"), alice, 5))
                .isEqualTo(BindOutcome.NAME_TAKEN);
        assertThat(bind(Fixture.passkey(bob.handle(), "Phone"))).isEqualTo(BindOutcome.BOUND);

        assertThat(credentials.spend(spent)).isFalse();
    }

    @Test
    void aPasskeyIsRenamedUnlessTheNameIsTaken() {
        CredentialRecord phone = bound(alice, "Phone");
        bound(alice, "Laptop");

        assertThat(rename(alice, phone, "My phone")).isEqualTo(RenameOutcome.RENAMED);
        assertThat(rename(alice, phone, "MY PHONE")).isEqualTo(RenameOutcome.RENAMED);
        assertThat(rename(alice, phone, "laptop")).isEqualTo(RenameOutcome.NAME_TAKEN);

        assertThat(credentials.of(alice.handle()))
                .extracting(passkey -> passkey.name().text())
                .containsExactlyInAnyOrder("MY PHONE", "Laptop");
    }

    @Test
    void anotherUsersPasskeyIsAsUnknownAsNone() {
        CredentialRecord passkey = bound(alice, "Phone");

        assertThat(rename(bob, passkey, "Mine now")).isEqualTo(RenameOutcome.UNKNOWN);
        assertThat(credentials.delete(bob, passkey.id().key(), false)).isEqualTo(DeleteOutcome.UNKNOWN);

        assertThat(credentials.of(alice.handle())).containsExactly(passkey);
        assertThat(store.users().epoch(bob.account().key())).hasValue(0);
        assertThat(store.users().epoch(alice.account().key())).hasValue(0);
    }

    @Test
    void t95_aKeyWithQuotesOrNulIsUnknown() {
        for (String key : List.of(
                "", "no such key", "a\0b", "' or 1 = 1 --", Fixture.bytes(32).base64url())) {
            assertThat(credentials.rename(alice, key, new PasskeyName("x")))
                    .as(key)
                    .isEqualTo(RenameOutcome.UNKNOWN);
            assertThat(credentials.delete(alice, key, false)).as(key).isEqualTo(DeleteOutcome.UNKNOWN);
        }
    }

    @Test
    void deletingAPasskeyEndsItsUsersSessions() {
        CredentialRecord passkey = bound(alice, "Phone");

        assertThat(credentials.delete(alice, passkey.id().key(), false)).isEqualTo(DeleteOutcome.DELETED);

        assertThat(credentials.of(alice.handle())).isEmpty();
        assertThat(credentials.forLogon(passkey.id())).isEmpty();
        assertThat(store.users().epoch(alice.account().key())).hasValue(1);
        assertThat(store.users().epoch(bob.account().key())).hasValue(0);
    }

    @Test
    void aPasskeyIsDeletedOnceHoweverManyTry() {
        CredentialRecord passkey = bound(alice, "Phone");

        List<DeleteOutcome> deleted = AtOnce.run(
                THREADS,
                index -> credentials.revoke(alice.handle(), passkey.id().key(), false));

        assertThat(deleted).containsOnlyOnce(DeleteOutcome.DELETED);
        assertThat(store.users().epoch(alice.account().key())).hasValue(1);
    }

    @Test
    void bindsRenamesAndDeletesOfOneUserAtOnceDoNotLockEachOtherOut() {
        CredentialRecord passkey = bound(alice, "Phone");
        bound(alice, "Laptop");

        List<Object> outcomes = AtOnce.run(30, index -> switch (index % 3) {
            case 0 -> bind(Fixture.passkey(alice.handle(), "Key " + index % 6));
            case 1 -> rename(alice, passkey, "Laptop");
            default -> credentials.delete(alice, passkey.id().key(), false);
        });

        assertThat(outcomes).hasSize(30).doesNotContainNull();
        assertThat(credentials.of(alice.handle())).hasSizeLessThanOrEqualTo(5);
    }

    @Test
    void passkeysAreListedTheOldestFirst() {
        CredentialRecord first = bound(alice, "b");
        CredentialRecord later = at(Fixture.passkey(alice.handle(), "a"), Fixture.NOW.plusSeconds(1));
        bind(later);

        assertThat(credentials.of(alice.handle())).containsExactly(first, later);
        assertThat(credentials.of(new UserHandle(Fixture.bytes(32)))).isEmpty();
    }

    private static CredentialRecord at(CredentialRecord passkey, Instant createdAt) {
        return new CredentialRecord(
                passkey.id(),
                passkey.owner(),
                passkey.name(),
                passkey.use(),
                passkey.publicKey(),
                passkey.signCount(),
                passkey.backupEligible(),
                passkey.backedUp(),
                passkey.transports(),
                passkey.aaguid(),
                createdAt,
                passkey.lastUsedAt());
    }

    private CredentialRecord bound(PasskeyUser user, String name) {
        CredentialRecord passkey = Fixture.passkey(user.handle(), name);
        assertThat(bind(passkey)).isEqualTo(BindOutcome.BOUND);
        return passkey;
    }

    private BindOutcome bind(CredentialRecord passkey) {
        PasskeyUser owner = passkey.owner().equals(bob.handle()) ? bob : alice;
        return credentials.bind(Fixture.ceremony(), passkey, owner, 5);
    }

    private RenameOutcome rename(PasskeyUser user, CredentialRecord passkey, String name) {
        return credentials.rename(user, passkey.id().key(), new PasskeyName(name));
    }
}
