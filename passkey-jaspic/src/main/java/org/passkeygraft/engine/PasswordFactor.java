package org.passkeygraft.engine;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.Account;
import org.passkeygraft.Checked;
import org.passkeygraft.LogonMethod;
import org.passkeygraft.LogonRequest;
import org.passkeygraft.LogonResult;
import org.passkeygraft.LogonResult.Accepted;
import org.passkeygraft.LogonResult.Rejected;
import org.passkeygraft.LogonResult.Throttled;
import org.passkeygraft.Rejection;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.spi.CallerDirectory;
import org.passkeygraft.store.UserStanding;

/** A password as a factor, of a logon or of a proof: checked under the throttle, and worth what the policy says. */
final class PasswordFactor {
    private final Parts parts;
    private final LogonNames names;
    private final HalfLogons halfLogons;

    PasswordFactor(Parts parts) {
        this.parts = parts;
        this.names = LogonNames.of(parts);
        this.halfLogons = new HalfLogons(parts);
    }

    /** For a logon. */
    LogonResult logOn(LogonRequest.Password request) {
        return guess(request, this::worthOfLogon, Admission.Counted::forgive);
    }

    /** For one request of a client that can show nothing further. Forgives the account no failure. */
    LogonResult letOneRequest(LogonRequest.Password request) {
        return guess(request, this::worthOfRequest, Admission.Counted::takeBack);
    }

    /**
     * Whether this is the password, whatever it is worth, of an account of which something else was shown already: a
     * passkey, a pass, a session. Who pours wrong passwords at its name has none of these and delays nothing here (T-118).
     *
     * @param request the name in it is not looked at
     */
    LogonResult prove(Account account, LogonRequest.Password request) {
        return parts.guesses()
                .within(() -> judge(
                        names.meant(request.of(account)),
                        parts.guesses().admitProof(account, request.client()),
                        entry -> entry.account().key().equals(account.key())
                                ? accepted(entry, standing(entry).epoch())
                                : new Rejected(Rejection.PASSWORD),
                        Admission.Counted::forgive));
    }

    /** What a right password of this account is worth for a logon. */
    LogonResult worthOfLogon(CallerDirectory.Entry entry) {
        return worth(entry, epoch -> halfLogons.issue(entry.account(), LogonMethod.PASSWORD, epoch));
    }

    /** What a right password of this account is worth for one request. */
    LogonResult worthOfRequest(CallerDirectory.Entry entry) {
        return worth(entry, epoch -> new Rejected(Rejection.SECOND_FACTOR_DUE));
    }

    private LogonResult worth(CallerDirectory.Entry entry, LongFunction<LogonResult> half) {
        UserStanding standing = standing(entry);
        return switch (FactorWorth.ofPassword(standing, entry.groups())) {
            case NOTHING -> new Rejected(Rejection.PASSWORD_NOT_ALLOWED);
            case HALF -> half.apply(standing.epoch());
            case LOGON -> accepted(entry, standing.epoch());
        };
    }

    private UserStanding standing(CallerDirectory.Entry entry) {
        return parts.store().users().standing(entry.account().key());
    }

    private static LogonResult accepted(CallerDirectory.Entry entry, long epoch) {
        return new Accepted(entry.account(), entry.groups(), Set.of(LogonMethod.PASSWORD), epoch);
    }

    private LogonResult guess(
            LogonRequest.Password request,
            Function<CallerDirectory.Entry, LogonResult> worth,
            Consumer<Admission.Counted> right) {
        String seen = TypedNames.seen(request.username());
        if (!TypedNames.isPossible(request.username()) || seen.isEmpty()) {
            return new Rejected(Rejection.NAME);
        }
        return parts.guesses().within(() -> {
            List<LogonRequest.Password> meant = names.meant(request);
            return judge(meant, admitted(request, meant), worth, right);
        });
    }

    private Admission admitted(LogonRequest.Password typed, List<LogonRequest.Password> meant) {
        // Accounts that only remember logons cannot tell whose the other spellings of a name are.
        @Nullable Account account = parts.accounts().knowsEveryAccount()
                ? parts.accounts().directory().resolve(meant.get(0).username()).orElse(null)
                : null;
        return parts.guesses().admitPassword(names.bare(typed.username()), account, typed.client());
    }

    /** @param right takes back that what was let through counts as failed */
    private LogonResult judge(
            List<LogonRequest.Password> meant,
            Admission admission,
            Function<CallerDirectory.Entry, LogonResult> worth,
            Consumer<Admission.Counted> right) {
        if (admission instanceof Admission.Wait wait) {
            return new Throttled(wait.retryAfter());
        }
        try (Admission.Counted counted = (Admission.Counted) admission) {
            LogonResult result = judge(meant, worth, counted);
            if (tellsThatItWasRight(result)) {
                right.accept(counted);
            } else if (result.equals(new Rejected(Rejection.HASH_UNREADABLE))) {
                counted.excuse();
            }
            return result;
        }
    }

    private LogonResult judge(
            List<LogonRequest.Password> meant,
            Function<CallerDirectory.Entry, LogonResult> worth,
            Admission.Counted counted) {
        try {
            return verify(meant).<LogonResult>fold(worth, Rejected::new);
        } catch (UnavailableException undecided) {
            counted.takeBack();
            throw undecided;
        }
    }

    /** A right password that is worth nothing stays counted like a wrong one: a guesser must not learn of it (T-44). */
    private static boolean tellsThatItWasRight(LogonResult result) {
        return !(result instanceof Rejected rejected) || rejected.reason() == Rejection.SECOND_FACTOR_DUE;
    }

    /** @param meant the request under each name that may be meant, in the order in which to try them */
    private Checked<CallerDirectory.Entry> verify(List<LogonRequest.Password> meant) {
        Checked<Account> whose = Checked.refused(Rejection.PASSWORD);
        for (LogonRequest.Password name : meant) {
            whose = parts.accounts().verify(name);
            if (whose.passed().isPresent()) {
                break;
            }
        }
        return whose.then(account -> Accounts.usable(parts.accounts().directory(), account.key()));
    }
}
