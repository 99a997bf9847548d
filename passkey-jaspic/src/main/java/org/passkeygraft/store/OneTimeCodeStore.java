package org.passkeygraft.store;

import jakarta.persistence.Query;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.UserHandle;

/**
 * The one-time codes that were sent last, and how many of a user's were sent and were wrong. Every limit holds for any
 * number of requests at once, on any number of servers: a send and a try are counted before anything is sent or compared.
 * Every method throws {@link UnavailableException} if the database cannot answer now, and then has changed nothing.
 */
public final class OneTimeCodeStore {
    private static final int MOST_SENDS = 5;
    private static final Duration SENDS_WINDOW = Duration.ofHours(1);
    private static final int MOST_WRONG = 10;
    private static final Duration WRONG_WINDOW = Duration.ofDays(1);
    private static final int TRIES = 5;

    private final PersistenceUnit unit;
    private final InstantSource clock;

    OneTimeCodeStore(PersistenceUnit unit, InstantSource clock) {
        this.unit = unit;
        this.clock = clock;
    }

    /** Counts a code that is about to be sent; false if there were five within the hour that the first of them began. */
    public boolean admitSend(UserHandle owner, CodePurpose purpose) {
        String id = OneTimeCodeRow.id(owner, purpose);
        makeRow(id);
        return counted(id) || startsAnew(id) || counted(id);
    }

    /** Empty rows are made beside everything else, so that the counting itself never inserts. */
    private void makeRow(String id) {
        boolean there = unit.read(entities -> Queries.readOnly(entities, OneTimeCodeRow.class, OneTimeCodeRow.OF)
                .setParameter("id", id)
                .getResultStream()
                .anyMatch(row -> row.hasId(id)));
        if (!there) {
            // Empty if another request was quicker: its row is the one.
            unit.writeUnlessTaken(entities -> Queries.insert(entities, new OneTimeCodeRow(id)));
        }
    }

    private boolean counted(String id) {
        return change(
                id,
                OneTimeCodeRow.SEND,
                query -> query.setParameter("most", MOST_SENDS)
                        .setParameter("before", clock.instant().minus(SENDS_WINDOW)));
    }

    private boolean startsAnew(String id) {
        Instant now = clock.instant();
        return change(
                id,
                OneTimeCodeRow.SEND_ANEW,
                query -> query.setParameter("now", now).setParameter("before", now.minus(SENDS_WINDOW)));
    }

    /** Takes a count back: what was about to be sent could not be. */
    public void notSent(UserHandle owner, CodePurpose purpose) {
        change(OneTimeCodeRow.id(owner, purpose), OneTimeCodeRow.UNSEND, query -> query);
    }

    /** Keeps a code that was sent, in place of the one before. */
    public void put(UserHandle owner, CodePurpose purpose, SentCode code, Duration lifetime) {
        change(
                OneTimeCodeRow.id(owner, purpose),
                OneTimeCodeRow.REPLACE,
                query -> query.setParameter("holder", code.holder())
                        .setParameter("digest", code.digest())
                        .setParameter("kind", code.to().kind().label())
                        .setParameter("address", code.to().address())
                        .setParameter("tries", TRIES)
                        .setParameter("until", clock.instant().plus(lifetime)));
    }

    /** The code that this holder can still show, without counting anything. */
    public Optional<SentCode> open(UserHandle owner, CodePurpose purpose, String holder) {
        return find(owner, purpose)
                .filter(row -> row.isSent(clock.instant()))
                .map(OneTimeCodeRow::toCode)
                .filter(code -> code.holder().equals(holder));
    }

    /**
     * Takes one of five tries, and counts it as a wrong code until {@link #use} takes that back.
     *
     * @return what to compare with; empty if this holder has no code, or it has expired, or no try is left, or the user's
     *     codes are off
     */
    public Optional<SentCode> takeTry(UserHandle owner, CodePurpose purpose, String holder) {
        String id = OneTimeCodeRow.id(owner, purpose);
        Instant now = clock.instant();
        countAnew(id, purpose, now);
        return unit.write(entities -> {
            int taken = entities.createNamedQuery(OneTimeCodeRow.TRY)
                    .setParameter("id", id)
                    .setParameter("holder", holder)
                    .setParameter("now", now)
                    .setParameter("most", MOST_WRONG)
                    .executeUpdate();
            return taken == 0
                    ? Optional.empty()
                    : entities.createNamedQuery(OneTimeCodeRow.OF, OneTimeCodeRow.class)
                            .setParameter("id", id)
                            .getResultStream()
                            .filter(row -> row.hasId(id))
                            .findFirst()
                            .map(OneTimeCodeRow::toCode)
                            .filter(code -> code.holder().equals(holder));
        });
    }

    /** Ten wrong backup codes stay; who verifies a contact has proved who they are, and waits a day. */
    private void countAnew(String id, CodePurpose purpose, Instant now) {
        int below = purpose == CodePurpose.BACKUP ? MOST_WRONG : Integer.MAX_VALUE;
        change(
                id,
                OneTimeCodeRow.COUNT_ANEW,
                query -> query.setParameter("now", now)
                        .setParameter("most", below)
                        .setParameter("before", now.minus(WRONG_WINDOW)));
    }

    /** Uses up a code that was compared and right; false if somebody was quicker, or a newer code replaced it. */
    public boolean use(UserHandle owner, CodePurpose purpose, SentCode code) {
        return change(
                OneTimeCodeRow.id(owner, purpose),
                OneTimeCodeRow.USE,
                query -> query.setParameter("digest", code.digest()));
    }

    /** When the user's codes went off, after ten wrong ones; empty if they are on. */
    public Optional<Instant> offSince(UserHandle owner, CodePurpose purpose) {
        return find(owner, purpose).filter(row -> row.wrong() >= MOST_WRONG).map(OneTimeCodeRow::wrongAt);
    }

    /** Forgives the wrong codes before this moment, at which the user showed another factor. */
    public void forgive(UserHandle owner, Instant shown) {
        change(
                OneTimeCodeRow.id(owner, CodePurpose.BACKUP),
                OneTimeCodeRow.FORGIVE,
                query -> query.setParameter("now", clock.instant()).setParameter("before", shown));
    }

    private Optional<OneTimeCodeRow> find(UserHandle owner, CodePurpose purpose) {
        String id = OneTimeCodeRow.id(owner, purpose);
        return unit.read(entities -> Queries.readOnly(entities, OneTimeCodeRow.class, OneTimeCodeRow.OF)
                .setParameter("id", id)
                .getResultStream()
                .filter(row -> row.hasId(id))
                .findFirst());
    }

    private boolean change(String id, String query, UnaryOperator<Query> parameters) {
        return unit.write(entities -> parameters
                        .apply(entities.createNamedQuery(query).setParameter("id", id))
                        .executeUpdate()
                == 1);
    }
}
