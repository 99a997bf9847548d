package org.passkeygraft.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.Contact;

/**
 * Where a user is reached. Of two contacts one is good for codes at any time: who took over a session for a moment can
 * neither use a contact of their own at once nor take the owner's away at once.
 *
 * @param contact the one verified last
 * @param usableFrom when codes begin to go to it, {@link #NEVER} where only notices do
 * @param replaced where codes go until then; null for nowhere
 */
public record UserContact(
        Contact contact,
        Instant verifiedAt,
        Instant usableFrom,
        @Nullable Contact replaced) {
    /** Not before it is set again, with a better proof. */
    public static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

    public boolean isUsable(Instant now) {
        return !now.isBefore(usableFrom);
    }

    /** Where codes go now. */
    public Optional<Contact> forCodes(Instant now) {
        return isUsable(now) ? Optional.of(contact) : Optional.ofNullable(replaced);
    }

    /** Everywhere the user is told what happened. */
    public List<Contact> forNotices(Instant now) {
        return Stream.concat(Stream.of(contact), forCodes(now).stream())
                .distinct()
                .toList();
    }
}
