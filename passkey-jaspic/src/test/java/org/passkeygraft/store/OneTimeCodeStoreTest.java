package org.passkeygraft.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.passkeygraft.Bytes;
import org.passkeygraft.Contact;
import org.passkeygraft.UserHandle;
import org.passkeygraft.testing.AtOnce;

/** What the database counts before anything is sent or compared. */
@ParameterizedClass
@EnumSource
final class OneTimeCodeStoreTest {
    private static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final CodePurpose BACKUP = CodePurpose.BACKUP;
    private static final String HOLDER = digest("browser");
    private static final SentCode CODE =
            new SentCode(HOLDER, digest("code"), new Contact(Contact.Kind.EMAIL, "alice@example.org"));

    private final TestClock clock = new TestClock();
    private final PasskeyStore store;
    private final UserHandle alice;

    OneTimeCodeStoreTest(TestDatabase kind) {
        store = Fixture.open(kind.fresh(), clock);
        alice = store.users().establish(Fixture.account("alice")).handle();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void fiveCodesAnHourAreSentOfAnyNumberAskedForAtOnce() {
        List<Boolean> admitted = AtOnce.run(20, index -> codes().admitSend(alice, BACKUP));

        assertThat(admitted).filteredOn(yes -> yes).hasSize(5);
        clock.advance(Duration.ofHours(1));
        assertThat(AtOnce.run(20, index -> codes().admitSend(alice, BACKUP)))
                .filteredOn(yes -> yes)
                .hasSize(5);
    }

    @Test
    void whatCouldNotBeSentIsNotCounted() {
        for (int attempt = 0; attempt < 20; attempt++) {
            assertThat(codes().admitSend(alice, BACKUP)).isTrue();
            codes().notSent(alice, BACKUP);
        }
    }

    @Test
    void ofFiftyTriesAtOnceFiveAreTaken() {
        send(CODE);

        List<Optional<SentCode>> tries = AtOnce.run(50, index -> codes().takeTry(alice, BACKUP, HOLDER));

        assertThat(tries).filteredOn(Optional::isPresent).hasSize(5).containsOnly(Optional.of(CODE));
        assertThat(codes().takeTry(alice, BACKUP, HOLDER)).isEmpty();
    }

    @Test
    void ofManyUsesAtOnceOneCounts() {
        send(CODE);

        assertThat(AtOnce.run(20, index -> codes().use(alice, BACKUP, CODE)))
                .filteredOn(yes -> yes)
                .hasSize(1);
        assertThat(codes().takeTry(alice, BACKUP, HOLDER)).isEmpty();
    }

    @Test
    void onlyWhoAskedForItHasATry() {
        send(CODE);

        assertThat(codes().takeTry(alice, BACKUP, digest("another browser"))).isEmpty();
        assertThat(codes().takeTry(alice, CodePurpose.CONTACT, HOLDER)).isEmpty();
        assertThat(codes().takeTry(alice, BACKUP, HOLDER)).contains(CODE);
    }

    @Test
    void aCodeIsGoodForFiveMinutes() {
        send(CODE);
        clock.advance(LIFETIME.minusMillis(1));
        assertThat(codes().takeTry(alice, BACKUP, HOLDER)).isPresent();
        clock.advance(Duration.ofMillis(1));

        assertThat(codes().takeTry(alice, BACKUP, HOLDER)).isEmpty();
        assertThat(codes().open(alice, BACKUP, HOLDER)).isEmpty();
    }

    @Test
    void aNewCodeReplacesTheOldWithTriesOfItsOwn() {
        send(CODE);
        codes().takeTry(alice, BACKUP, HOLDER);
        SentCode newer = new SentCode(HOLDER, digest("newer"), CODE.to());
        send(newer);

        assertThat(codes().use(alice, BACKUP, CODE)).isFalse();
        assertThat(codes().takeTry(alice, BACKUP, HOLDER)).contains(newer);
    }

    @Test
    void tenWrongCodesWithinADayAndThereAreNoMore() {
        pour(10);
        send(CODE);

        assertThat(codes().takeTry(alice, BACKUP, HOLDER)).isEmpty();
        clock.advance(Duration.ofDays(3));
        send(CODE);
        assertThat(codes().takeTry(alice, BACKUP, HOLDER))
                .as("time alone forgives nothing")
                .isEmpty();
        assertThat(codes().offSince(alice, BACKUP)).isPresent();
    }

    @Test
    void nineWrongCodesAreForgottenAfterADay() {
        pour(9);
        clock.advance(Duration.ofDays(1));
        pour(9);

        assertThat(codes().offSince(alice, BACKUP)).isEmpty();
    }

    @Test
    void aRightCodeIsNoWrongOne() {
        for (int logon = 0; logon < 12; logon++) {
            send(CODE);
            assertThat(codes().takeTry(alice, BACKUP, HOLDER)).isPresent();
            assertThat(codes().use(alice, BACKUP, CODE)).isTrue();
        }
    }

    @Test
    void anotherFactorForgivesOnlyWhatWasWrongBefore() {
        pour(10);
        Instant off = codes().offSince(alice, BACKUP).orElseThrow();

        codes().forgive(alice, off.minusSeconds(1));
        assertThat(codes().offSince(alice, BACKUP)).isPresent();
        codes().forgive(alice, off.plusSeconds(1));
        assertThat(codes().offSince(alice, BACKUP)).isEmpty();
    }

    @Test
    void whoVerifiesAContactWaitsForADayOnly() {
        for (int wrong = 0; wrong < 10; wrong++) {
            codes().admitSend(alice, CodePurpose.CONTACT);
            codes().put(alice, CodePurpose.CONTACT, CODE, LIFETIME);
            codes().takeTry(alice, CodePurpose.CONTACT, HOLDER);
        }
        assertThat(codes().takeTry(alice, CodePurpose.CONTACT, HOLDER)).isEmpty();
        clock.advance(Duration.ofDays(1));
        codes().put(alice, CodePurpose.CONTACT, CODE, LIFETIME);

        assertThat(codes().takeTry(alice, CodePurpose.CONTACT, HOLDER)).isPresent();
    }

    private void pour(int wrong) {
        for (int code = 0; code < wrong; code++) {
            send(CODE);
            assertThat(codes().takeTry(alice, BACKUP, HOLDER)).isPresent();
        }
    }

    private void send(SentCode code) {
        codes().admitSend(alice, BACKUP);
        codes().put(alice, BACKUP, code, LIFETIME);
    }

    private OneTimeCodeStore codes() {
        return store.oneTimeCodes();
    }

    private static String digest(String text) {
        return Bytes.of(text.getBytes(StandardCharsets.UTF_8)).sha256().base64url();
    }
}
