package org.passkeygraft.spi;

import org.passkeygraft.Contact;

/**
 * Brings a short text to a user by other ways than the browser: one-time codes, and notices of what happened to the
 * account. Called by many threads at once, never inside a transaction of ours; a code's browser waits meanwhile, so give up
 * after a few seconds.
 */
public interface OneTimeCodeSender {
    /** Whether this sender can send to contacts of this kind; always the same answer. */
    boolean reaches(Contact.Kind kind);

    /**
     * Sends.
     *
     * @throws org.passkeygraft.UnavailableException if it cannot be sent now; nothing then counts as sent
     */
    void send(Delivery delivery);

    /** Why a text is sent. */
    enum Purpose {
        /** A one-time code, of use for five minutes. */
        CODE,
        /** What happened to the account. */
        NOTICE
    }

    /**
     * One text.
     *
     * @param subject one line, for ways that have subjects
     * @param text plain, lines end with {@code \n}; complete without the subject; never to be logged, it may hold a code
     */
    record Delivery(Contact to, Purpose purpose, String subject, String text) {
        public Delivery {
            if (subject.chars().anyMatch(Character::isISOControl)) {
                throw new IllegalArgumentException("a subject is one line");
            }
        }

        @Override
        public String toString() {
            return "Delivery[to=" + to + ", purpose=" + purpose + ", text=***]";
        }
    }
}
