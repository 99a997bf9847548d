package org.passkeygraft.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.passkeygraft.Account;
import org.passkeygraft.Client;
import org.passkeygraft.Contact;
import org.passkeygraft.Places;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.messages.Senders;
import org.passkeygraft.spi.AuditEvent;
import org.passkeygraft.spi.NoticeKind;
import org.passkeygraft.spi.OneTimeCodeSender.Delivery;
import org.passkeygraft.spi.OneTimeCodeSender.Purpose;
import org.passkeygraft.store.ContactStore;

/**
 * Tells users what happened to their account, beside the request that made it happen: one thread, which rests when there is
 * nothing to tell, and a bounded queue before it. Nothing that goes wrong here reaches the request. Thread-safe.
 */
final class Notices implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Notices.class.getName());
    private static final Client NOBODY = new Client("", "");
    private static final int MOST_WAITING = 200;
    /** So few of one kind to one user that nobody drowns other notices, or the one that tells of a thief, in others. */
    private static final int MOST_ALIKE = 3;

    /** Each keeps a thread of the server for some seconds if the mail server or the gateway hangs. */
    private static final int MAX_SENDING = 16;

    private static final Duration REST = Duration.ofSeconds(30);
    /** Longer than one message takes at worst. */
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(10);

    private final ContactStore contacts;
    private final Senders senders;
    private final NoticeTexts texts;
    private final Audit audit;
    private final InstantSource clock;
    private final OncePerMinute failures;
    private final ThreadPoolExecutor worker;
    private final Places sending = new Places(MAX_SENDING, Duration.ZERO, "too many texts are being sent to users");
    private final Map<String, Integer> waiting = new ConcurrentHashMap<>();

    Notices(ContactStore contacts, Senders senders, NoticeTexts texts, Audit audit, InstantSource clock) {
        this.contacts = contacts;
        this.senders = senders;
        this.texts = texts;
        this.audit = audit;
        this.clock = clock;
        this.failures = new OncePerMinute(clock);
        this.worker = new ThreadPoolExecutor(
                1, 1, REST.toSeconds(), TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), Notices::thread);
        worker.allowCoreThreadTimeOut(true);
    }

    /**
     * Sends a text on the thread of a request, and waits until it is sent.
     *
     * @throws UnavailableException if it cannot be sent now, or too many are being sent
     */
    void sendNow(Delivery delivery) {
        Places.Place place = sending.take();
        try {
            senders.send(delivery);
        } finally {
            place.close();
        }
    }

    /** The ways to users. */
    Senders senders() {
        return senders;
    }

    NoticeTexts texts() {
        return texts;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "passkey notices");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Tells a user, if there is a way to.
     *
     * @param subject the passkey's name or who did it, where the kind needs it; empty if not
     */
    void tell(Account account, NoticeKind kind, String subject) {
        tell(account, kind, subject, NOBODY);
    }

    /**
     * The same where a browser made it happen that may be the user's own.
     *
     * @param client from where
     */
    void tell(Account account, NoticeKind kind, String subject, Client client) {
        tell(account, kind, subject, client, () -> reached(account));
    }

    /** Whom a notice reaches now; asked beforehand by who is about to take the contacts away. */
    List<Contact> reached(Account account) {
        if (senders.all().isEmpty()) {
            return List.of();
        }
        Instant now = clock.instant();
        return contacts.byKey(account.key())
                .map(contact -> contact.forNotices(now))
                .orElse(List.of());
    }

    /** The same by these contacts, which may not be the user's any more. */
    void tell(Account account, NoticeKind kind, String subject, List<Contact> reached) {
        tell(account, kind, subject, NOBODY, reached);
    }

    /** The same by these contacts. */
    void tell(Account account, NoticeKind kind, String subject, Client client, List<Contact> reached) {
        tell(account, kind, subject, client, () -> reached);
    }

    /** @param reached asked later, and beside the request */
    private void tell(
            Account account, NoticeKind kind, String subject, Client client, Supplier<List<Contact>> reached) {
        if (senders.all().isEmpty()) {
            return;
        }
        String text = texts.text(kind, account, subject, client, clock.instant());
        if (!queue(account.key() + '\n' + kind, () -> reach(account, kind, text, reached))) {
            failed(account, kind, "too many");
        }
    }

    /** False if it does not fit, or too many like it wait already. */
    private boolean queue(String alike, Runnable work) {
        try {
            if (waiting.merge(alike, 1, Integer::sum) <= MOST_ALIKE) {
                worker.execute(() -> {
                    try {
                        work.run();
                    } finally {
                        leave(alike);
                    }
                });
                return true;
            }
        } catch (RejectedExecutionException full) {
            LOG.log(System.Logger.Level.DEBUG, "the queue of notices is full", full);
        }
        leave(alike);
        return false;
    }

    private void leave(String alike) {
        waiting.computeIfPresent(alike, (key, count) -> count == 1 ? null : count - 1);
    }

    private void reach(Account account, NoticeKind kind, String text, Supplier<List<Contact>> reached) {
        try {
            reached.get().stream()
                    .filter(contact -> senders.reach(contact.kind()))
                    .map(contact -> new Delivery(contact, Purpose.NOTICE, texts.subject(kind), text))
                    .forEach(delivery -> send(account, kind, delivery));
        } catch (UnavailableException databaseDown) {
            LOG.log(System.Logger.Level.DEBUG, "whom to tell could not be asked", databaseDown);
            failed(account, kind, "unavailable");
        }
    }

    private void send(Account account, NoticeKind kind, Delivery delivery) {
        try {
            senders.send(delivery);
        } catch (UnavailableException notNow) {
            LOG.log(System.Logger.Level.DEBUG, "a notice could not be sent", notNow);
            failed(account, kind, "unavailable");
        }
    }

    /** Once a minute for each reason: what fails now will fail for the next as well. */
    private void failed(Account account, NoticeKind kind, String reason) {
        if (failures.lets(reason)) {
            audit.record(
                    AuditEvent.Type.NOTICE_FAILED,
                    account.name(),
                    NOBODY,
                    Map.of("notice", kind.name(), "reason", reason));
        }
    }

    /** Sends what waits, for some seconds. Not interrupted: that would close an embedded database under others. */
    @Override
    public void close() {
        worker.shutdown();
        try {
            worker.awaitTermination(LONGEST_CLOSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        worker.getQueue().clear();
    }
}
