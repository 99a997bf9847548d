package org.passkeygraft.engine;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.passkeygraft.Account;
import org.passkeygraft.Bytes;
import org.passkeygraft.Checked;
import org.passkeygraft.Client;
import org.passkeygraft.Contact;
import org.passkeygraft.Rejection;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.messages.Senders;
import org.passkeygraft.spi.AuditEvent;
import org.passkeygraft.spi.OneTimeCodeSender.Delivery;
import org.passkeygraft.spi.OneTimeCodeSender.Purpose;
import org.passkeygraft.store.CodePurpose;
import org.passkeygraft.store.PasskeyUser;
import org.passkeygraft.store.SealingKey;
import org.passkeygraft.store.SentCode;

/**
 * Codes of six digits that go to a contact and come back from the browser that asked for them. Kept is a digest, keyed with
 * a sealing key and with a secret that only the holder has: who reads the database can neither read a code nor try out a
 * million (T-120). Thread-safe.
 */
final class OneTimeCodes {
    static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final int POSSIBLE = 1_000_000;
    private static final String MAC = "HmacSHA256";
    private static final String LABEL = "passkey one-time code";
    /** Refusals that are in the audit trail already when this class returns them. */
    static final Set<Rejection> RECORDED = Set.of(Rejection.CODE, Rejection.TOO_MANY_CODES);

    private final Parts parts;

    OneTimeCodes(Parts parts) {
        this.parts = parts;
    }

    /** Whether this has the form of a code, blanks apart. */
    static boolean isCode(String typed) {
        return plain(typed).matches("[0-9]{6}");
    }

    private static String plain(String typed) {
        return typed.length() > 20 ? "" : typed.replaceAll("\\s", "");
    }

    /** Whether anybody can be reached there. */
    boolean reach(Contact contact) {
        return senders().reach(contact.kind());
    }

    private Senders senders() {
        return parts.notices().senders();
    }

    /**
     * Sends a new code, which replaces the one before; empty if it is sent. Waits for the sender.
     *
     * @param holder a secret of the browser or session that may show the code
     * @throws UnavailableException if it cannot be sent now; it does not count then
     */
    Optional<Rejection> send(PasskeyUser owner, CodePurpose purpose, Contact to, String holder, Client client) {
        if (!parts.store().oneTimeCodes().admitSend(owner.handle(), purpose)) {
            refused(owner.account(), purpose, client, Rejection.TOO_MANY_CODES);
            return Optional.of(Rejection.TOO_MANY_CODES);
        }
        String code = String.format("%06d", parts.random().nextInt(POSSIBLE));
        deliver(owner, purpose, new Delivery(to, Purpose.CODE, texts().codeSubject(), texts().code(code)));
        SealingKey key = sealing();
        parts.store()
                .oneTimeCodes()
                .put(owner.handle(), purpose, new SentCode(digest(holder), digest(key, holder, code), to), LIFETIME);
        parts.audit()
                .record(
                        AuditEvent.Type.CODE_SENT,
                        owner.account().name(),
                        client,
                        Map.of("purpose", purpose.label(), "to", to.masked()));
        return Optional.empty();
    }

    private NoticeTexts texts() {
        return parts.notices().texts();
    }

    private void deliver(PasskeyUser owner, CodePurpose purpose, Delivery delivery) {
        try {
            parts.notices().sendNow(delivery);
        } catch (UnavailableException notNow) {
            parts.store().oneTimeCodes().notSent(owner.handle(), purpose);
            throw notNow;
        }
    }

    /** Where the code went that this holder can still show. */
    Optional<Contact> open(PasskeyUser owner, CodePurpose purpose, String holder) {
        return parts.store()
                .oneTimeCodes()
                .open(owner.handle(), purpose, digest(holder))
                .map(SentCode::to);
    }

    /** Compares and uses up a code; a try is taken before anything is compared. What passes is where it had been sent. */
    Checked<Contact> redeem(PasskeyUser owner, CodePurpose purpose, String holder, String typed, Client client) {
        Optional<SentCode> sent = isCode(typed)
                ? parts.store().oneTimeCodes().takeTry(owner.handle(), purpose, digest(holder))
                : Optional.empty();
        return sent.filter(code -> isRight(code, holder, plain(typed)))
                .filter(code -> parts.store().oneTimeCodes().use(owner.handle(), purpose, code))
                .map(code -> Checked.passed(code.to()))
                .orElseGet(() -> {
                    refused(owner.account(), purpose, client, Rejection.CODE);
                    return Checked.refused(Rejection.CODE);
                });
    }

    private void refused(Account account, CodePurpose purpose, Client client, Rejection reason) {
        parts.audit()
                .record(
                        AuditEvent.Type.CODE_REFUSED,
                        account.name(),
                        client,
                        Map.of("purpose", purpose.label(), "reason", reason.name()));
    }

    /** The key may have been replaced since it was sent. */
    private boolean isRight(SentCode sent, String holder, String code) {
        return parts.store().sealingKeys().keys().stream()
                .map(key -> Bytes.require(digest(key, holder, code)))
                // In constant time, so that a wrong code tells nothing of the right one.
                .anyMatch(Bytes.require(sent.digest())::equals);
    }

    private SealingKey sealing() {
        Instant now = parts.clock().instant();
        List<SealingKey> keys = parts.store().sealingKeys().keys();
        // Not one that other servers need not have read yet.
        return keys.stream()
                .filter(key -> !now.isBefore(key.sealFrom()))
                .reduce((older, newer) -> newer)
                .orElseGet(() -> keys.get(0));
    }

    private static String digest(String secret) {
        return Bytes.of(secret.getBytes(StandardCharsets.UTF_8)).sha256().base64url();
    }

    /** A key of its own for each holder, so that what a token is sealed with is used for nothing else. */
    private static String digest(SealingKey key, String holder, String code) {
        byte[] own = hmac(key.key().toArray(), LABEL + '\n' + holder);
        return Bytes.of(hmac(own, code)).base64url();
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(key, MAC));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has " + MAC, impossible);
        }
    }
}
