package org.passkeygraft.engine;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.Contact;
import org.passkeygraft.store.UserContact;

/**
 * What helps an account whose device is lost.
 *
 * @param reachesPhones whether texts can be sent to mobile numbers
 * @param reachesMail whether e-mail can be sent
 * @param contact null for none
 * @param verifying a contact that a code was sent to from this session, null for none
 * @param recoveryCodes how many are left
 * @param recoveryCodesServe whether they are taken and there is a passkey that they can stand in for
 */
public record Backup(
        boolean reachesPhones,
        boolean reachesMail,
        @Nullable State contact,
        @Nullable Contact verifying,
        int recoveryCodes,
        boolean recoveryCodesServe) {
    /**
     * A contact that is set.
     *
     * @param usableFrom when codes begin to go to it; null where only notices do
     * @param usable whether codes go to it already
     */
    public record State(
            Contact contact, Instant verifiedAt, @Nullable Instant usableFrom, boolean usable) {
        static State of(UserContact known, Instant now) {
            boolean never = known.usableFrom().equals(UserContact.NEVER);
            return new State(
                    known.contact(), known.verifiedAt(), never ? null : known.usableFrom(), known.isUsable(now));
        }

        public Optional<Instant> forCodesFrom() {
            return Optional.ofNullable(usableFrom);
        }
    }

    public Optional<State> known() {
        return Optional.ofNullable(contact);
    }

    /** A contact that waits for its code to come back. */
    public Optional<Contact> underVerification() {
        return Optional.ofNullable(verifying);
    }
}
