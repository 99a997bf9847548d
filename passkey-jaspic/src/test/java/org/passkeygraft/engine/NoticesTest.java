package org.passkeygraft.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.passkeygraft.engine.EngineUnderTest.ALICE;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.passkeygraft.Account;
import org.passkeygraft.BindResult;
import org.passkeygraft.Client;
import org.passkeygraft.Contact;
import org.passkeygraft.LogonMethod;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.config.Messaging;
import org.passkeygraft.config.PasskeyConfiguration;
import org.passkeygraft.config.PasskeyConfiguration.Secret;
import org.passkeygraft.messages.Senders;
import org.passkeygraft.policy.PasskeyPolicy;
import org.passkeygraft.spi.AuditEvent;
import org.passkeygraft.spi.NoticeKind;
import org.passkeygraft.spi.OneTimeCodeSender;
import org.passkeygraft.store.PasskeyStore;
import org.passkeygraft.store.TestClock;
import org.passkeygraft.store.TestDatabase;
import org.passkeygraft.testing.MailServer;
import org.passkeygraft.testing.SoftwareAuthenticator;

/** Users hear of what they may not have done themselves. */
final class NoticesTest {
    private static final Contact CONTACT = new Contact(Contact.Kind.EMAIL, "alice@example.org");
    private static final Client PHONE = new Client("192.0.2.7", "Mozilla/5.0 (iPhone) Version/26 Safari/605");

    @Test
    void aBoundAndADeletedPasskeyAreToldByMail() throws Exception {
        try (MailServer server = MailServer.plain();
                EngineUnderTest engine = new EngineUnderTest(TestDatabase.H2, by(server))) {
            engine.elsewhere(store -> store.contacts().replace(store.users().establish(ALICE), CONTACT, Instant.EPOCH));
            var ceremony = engine.beginBinding(ALICE, LogonMethod.PASSWORD, "Work laptop");
            BindResult.Bound bound = (BindResult.Bound)
                    engine.bind(ALICE, LogonMethod.PASSWORD, ceremony, SoftwareAuthenticator.synced());

            MailServer.Mail told = server.next();
            assertThat(told.to()).isEqualTo("alice@example.org");
            assertThat(told.text())
                    .contains("Subject: App: a passkey was added")
                    .contains("Work laptop")
                    .contains("alice");

            engine.runtime()
                    .passkeys()
                    .delete(
                            engine.caller(ALICE, LogonMethod.PASSKEY),
                            bound.passkey().id().key());
            assertThat(server.next().text())
                    .contains("Subject: App: a passkey was deleted")
                    .contains("Work laptop");
        }
    }

    @ParameterizedTest
    @EnumSource
    void noNoticeHasALink(NoticeKind kind) {
        NoticeTexts texts = new NoticeTexts("App");
        String text = texts.text(kind, ALICE, "Phone", PHONE, new TestClock().instant());

        assertThat(text + texts.subject(kind)).startsWith("App: ").doesNotContain("://", "www.", "/passkey", "{");
        assertThat(text).contains("alice").containsPattern("When: [0-9-]{10} [0-9:]{5} UTC, with Safari on iPhone");
        assertThat(text).hasSizeLessThan(500);
    }

    @Test
    void aBrowserThatSaysNothingIsLeftOut() {
        String text = new NoticeTexts("App")
                .text(NoticeKind.BACKUP_USED, ALICE, "", new Client("", ""), new TestClock().instant());

        assertThat(text).containsPattern("When: [0-9-]{10} [0-9:]{5} UTC\\.");
    }

    @Test
    void whoHasNoContactIsToldNothingAndNothingFails() throws Exception {
        try (MailServer server = MailServer.plain()) {
            try (EngineUnderTest engine = new EngineUnderTest(TestDatabase.H2, by(server))) {
                engine.bindFirst(ALICE, SoftwareAuthenticator.synced());
            }

            assertThat(server.isEmpty()).isTrue();
        }
    }

    @Test
    void whoLosesEverythingToAnAdministratorIsToldWhereTheyWereReachedTillThen() throws Exception {
        try (MailServer server = MailServer.plain();
                EngineUnderTest engine = new EngineUnderTest(TestDatabase.H2, by(server))) {
            Account admin = engine.addAccount("admin", "");
            engine.appoint(admin, true);
            engine.bindFirst(ALICE, SoftwareAuthenticator.synced());
            engine.elsewhere(store -> store.contacts().replace(store.users().establish(ALICE), CONTACT, Instant.EPOCH));
            engine.runtime().backup().newRecoveryCodes(engine.caller(ALICE, LogonMethod.PASSKEY));
            server.next();
            String handle = engine.runtime()
                    .users()
                    .search("alice")
                    .users()
                    .get(0)
                    .handle()
                    .toString();

            assertThat(engine.runtime().users().revokeAll(engine.caller(admin, LogonMethod.PASSKEY), handle))
                    .isEmpty();

            assertThat(server.next().text()).contains("Subject: App: your passkeys were taken away");
            Backup left = engine.runtime().backup().of(ALICE, "");
            assertThat(left.contact()).isNull();
            assertThat(left.recoveryCodes()).isZero();
        }
    }

    @Test
    void aSenderThatIsDownFailsNoRequestAndIsAuditedOnceAMinute() {
        Told told = new Told();
        told.broken = true;
        try (PasskeyStore store = store()) {
            Notices notices = notices(store, told);
            for (int index = 0; index < 3; index++) {
                notices.tell(ALICE, NoticeKind.PASSKEY_BOUND, "Phone");
            }
            notices.close();
        }

        assertThat(told.events).extracting(AuditEvent::type).containsExactly(AuditEvent.Type.NOTICE_FAILED);
        assertThat(told.events.get(0).details()).containsEntry("reason", "unavailable");
    }

    @Test
    void whatDoesNotFitIsDroppedAndAuditedOnceAMinute() throws InterruptedException {
        Told told = new Told();
        told.gate = new Semaphore(0);
        try (PasskeyStore store = store()) {
            Notices notices = notices(store, told);
            notices.tell(ALICE, NoticeKind.PASSKEY_BOUND, "Phone");
            assertThat(told.begun.await(10, TimeUnit.SECONDS)).isTrue();
            for (int index = 0; index < 250; index++) {
                Account account = new Account("user" + index, "key" + index);
                notices.tell(account, NoticeKind.PASSKEY_BOUND, "Phone", List.of(CONTACT));
            }
            told.gate.release(1000);
            notices.close();
        }

        assertThat(told.deliveries).hasSize(201);
        assertThat(told.events).hasSize(1);
        assertThat(told.events.get(0).details()).containsEntry("reason", "too many");
    }

    @Test
    void t124_refusesToSendSoonWhileSixteenTextsHang() throws InterruptedException {
        Told told = new Told();
        told.gate = new Semaphore(0);
        OneTimeCodeSender.Delivery code =
                new OneTimeCodeSender.Delivery(CONTACT, OneTimeCodeSender.Purpose.CODE, "code", "123456");
        ExecutorService threads = Executors.newCachedThreadPool();
        try (PasskeyStore store = store()) {
            Notices notices = notices(store, told);
            for (int index = 0; index < 16; index++) {
                threads.execute(() -> notices.sendNow(code));
            }
            while (told.gate.getQueueLength() < 16) {
                Thread.sleep(10);
            }

            assertThatThrownBy(() -> notices.sendNow(code))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("too many");

            told.gate.release(1000);
            threads.shutdown();
            assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
            notices.sendNow(code);
            notices.close();
        }

        assertThat(told.deliveries).hasSize(17);
    }

    @Test
    void whatAThiefRepeatsDrownsNoOtherNoticeAndIsToldAgainLater() throws InterruptedException {
        Told told = new Told();
        told.gate = new Semaphore(0);
        try (PasskeyStore store = store()) {
            Notices notices = notices(store, told);
            for (int index = 0; index < 250; index++) {
                notices.tell(ALICE, NoticeKind.RECOVERY_CODES_CHANGED, "");
            }
            notices.tell(ALICE, NoticeKind.CONTACT_CHANGED, "removed", List.of(CONTACT));
            told.gate.release(4);
            assertThat(told.delivered.tryAcquire(4, 10, TimeUnit.SECONDS)).isTrue();
            notices.tell(ALICE, NoticeKind.RECOVERY_CODES_CHANGED, "");
            told.gate.release(1000);
            notices.close();
        }

        assertThat(told.deliveries).hasSize(5);
        assertThat(told.deliveries.get(3).text()).contains("the contact of the account");
        assertThat(told.events).hasSize(1);
    }

    /** A sender and a sink that remember, and wait where a test says so. */
    private static final class Told implements OneTimeCodeSender {
        final List<Delivery> deliveries = Collections.synchronizedList(new ArrayList<>());
        final List<AuditEvent> events = Collections.synchronizedList(new ArrayList<>());
        final CountDownLatch begun = new CountDownLatch(1);
        final Semaphore delivered = new Semaphore(0);
        Semaphore gate = new Semaphore(1000);
        boolean broken;

        @Override
        public boolean reaches(Contact.Kind kind) {
            return true;
        }

        @Override
        public void send(Delivery delivery) {
            begun.countDown();
            gate.acquireUninterruptibly();
            if (broken) {
                throw new UnavailableException("down", null);
            }
            deliveries.add(delivery);
            delivered.release();
        }
    }

    private static PasskeyStore store() {
        PasskeyStore store = PasskeyStore.open(
                new PasskeyConfiguration.Store(TestDatabase.H2.fresh(), true),
                "/app",
                PasskeyPolicy.STANDARD,
                new TestClock(),
                new SecureRandom());
        store.contacts().replace(store.users().establish(ALICE), CONTACT, Instant.EPOCH);
        return store;
    }

    private static Notices notices(PasskeyStore store, Told told) {
        TestClock clock = new TestClock();
        return new Notices(
                store.contacts(),
                new Senders(List.of(told)),
                new NoticeTexts("App"),
                new Audit(clock, List.of(told.events::add)),
                clock);
    }

    private static Messaging by(MailServer server) {
        return new Messaging(
                new Messaging.Smtp(
                        "localhost", server.port(), Messaging.Tls.NONE, "no-reply@example.org", "", new Secret("")),
                null);
    }
}
