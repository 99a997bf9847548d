package org.passkeygraft.engine;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.Account;
import org.passkeygraft.BindResult;
import org.passkeygraft.CeremonyAnswer;
import org.passkeygraft.CeremonyKind;
import org.passkeygraft.CeremonyStart;
import org.passkeygraft.Checked;
import org.passkeygraft.Client;
import org.passkeygraft.ContainerRealm;
import org.passkeygraft.LogonMethod;
import org.passkeygraft.LogonRequest;
import org.passkeygraft.LogonResult;
import org.passkeygraft.LogonResult.Accepted;
import org.passkeygraft.LogonResult.Rejected;
import org.passkeygraft.PasskeyName;
import org.passkeygraft.PasskeyUse;
import org.passkeygraft.Proofs;
import org.passkeygraft.ProvenCaller;
import org.passkeygraft.Rejection;
import org.passkeygraft.ceremony.PendingCeremony;
import org.passkeygraft.config.PasskeyConfiguration;
import org.passkeygraft.policy.BackupUse;
import org.passkeygraft.spi.CallerDirectory;
import org.passkeygraft.store.Grant;
import org.passkeygraft.store.PasskeyUser;
import org.passkeygraft.store.UserStanding;

/**
 * The other half of a logon. Whoever comes here shows a pass, which says that one factor of one account was right within
 * the last five minutes; everything else is asked again. A refused factor leaves the pass as it is, an accepted one uses
 * it up. Thread-safe. Every method throws {@link org.passkeygraft.UnavailableException} if nobody can tell now.
 */
public final class SecondFactor {
    private final Parts parts;
    private final HalfLogons halfLogons;
    private final PasskeyFactor passkey;
    private final PasswordFactor password;
    private final PasskeyBinding binding;
    private final BackupCodes codes;
    private final LogonAudit audit;

    SecondFactor(PasskeyConfiguration configuration, Parts parts, BackupCodes codes) {
        this.parts = parts;
        this.halfLogons = new HalfLogons(parts);
        this.passkey = new PasskeyFactor(configuration, parts);
        this.password = new PasswordFactor(parts);
        this.binding = new PasskeyBinding(configuration, parts);
        this.codes = codes;
        this.audit = new LogonAudit(parts);
    }

    /** What the pass stands for; empty if it is none, was used, has expired or was overtaken. */
    public Optional<SecondFactorState> state(String pass) {
        return halfLogons.look(pass).flatMap(this::state);
    }

    private Optional<SecondFactorState> state(Grant half) {
        UserStanding standing = standing(half);
        if (standing.epoch() != half.epoch()) {
            return Optional.empty();
        }
        LogonMethod shown = HalfLogons.shown(half);
        boolean mustBind = shown == LogonMethod.PASSWORD && standing.passkeys() == 0;
        return Optional.of(new SecondFactorState(half.account(), shown, mustBind, ways(shown, standing)));
    }

    private static Set<LogonMethod> ways(LogonMethod shown, UserStanding standing) {
        if (shown == LogonMethod.PASSKEY) {
            return Set.of(LogonMethod.PASSWORD);
        }
        Set<LogonMethod> ways = EnumSet.noneOf(LogonMethod.class);
        if (standing.logonPasskeys() > 0) {
            ways.add(LogonMethod.PASSKEY);
        }
        if (standing.passkeys() > standing.logonPasskeys()) {
            ways.add(LogonMethod.SECURITY_KEY);
        }
        return ways;
    }

    /** Begins the ceremony of a passkey beside the password; lists the user's own, of every use. */
    public CeremonyStart begin(String pass, Client client) {
        return halfLogons
                .look(LogonMethod.PASSWORD, pass)
                .map(half -> begin(half, client))
                .orElseGet(() -> new CeremonyStart.Refused(Rejection.FIRST_FACTOR));
    }

    private CeremonyStart begin(Grant half, Client client) {
        String accountKey = half.account().key();
        return passkey.begin(
                CeremonyKind.SECOND_FACTOR,
                accountKey,
                PasskeyUse.SECOND_FACTOR,
                half.id(),
                parts.store()
                        .users()
                        .byKey(accountKey)
                        .map(PasskeyUser::handle)
                        .map(parts.store().credentials()::of)
                        .orElse(List.of()),
                client);
    }

    /** Completes the logon by a passkey beside the password. */
    public LogonResult end(String pass, CeremonyAnswer answer, Client client) {
        return decide(
                LogonMethod.PASSWORD,
                pass,
                LogonMethod.SECURITY_KEY,
                client,
                (half, trace) -> passkey.end(
                        CeremonyKind.SECOND_FACTOR,
                        new LogonRequest.Assertion(answer, client),
                        trace,
                        (pending, owner) -> isAnother(half, pending, owner),
                        shown -> complete(
                                half, shown.owner().account(), shown.owner().groups(), Set.of(shown.method()))));
    }

    /**
     * Completes the logon by the password after a passkey.
     *
     * @param typed wiped by whoever made it
     * @param realm where accounts of kind {@code container} are asked; null where the request has none
     */
    public LogonResult byPassword(String pass, char[] typed, Client client, @Nullable ContainerRealm realm) {
        return decide(LogonMethod.PASSKEY, pass, LogonMethod.PASSWORD, client, (half, trace) -> {
            LogonResult result = password.prove(half.account(), new LogonRequest.Password("", typed, client, realm));
            return result instanceof Accepted right
                    ? complete(half, right.account(), right.groups(), right.methods())
                    : result;
        });
    }

    /** Which codes can stand in for a passkey beside the password. */
    public BackupOffer backup(String pass) {
        return halfLogons
                .look(LogonMethod.PASSWORD, pass)
                .map(half -> codes.offer(half.account(), BackupUse.SECOND_FACTOR, pass))
                .orElse(BackupOffer.NONE);
    }

    /** Sends a one-time code that is good beside this pass only; empty if it is sent. */
    public Optional<Rejection> requestCode(String pass, Client client) {
        return halfLogons
                .look(LogonMethod.PASSWORD, pass)
                .map(half -> codes.request(half.account(), BackupUse.SECOND_FACTOR, pass, client))
                .orElseGet(() -> Optional.of(Rejection.FIRST_FACTOR));
    }

    /** Completes the logon by a code of either kind. */
    public LogonResult byCode(String pass, String typed, Client client) {
        return decide(
                LogonMethod.PASSWORD,
                pass,
                BackupCodes.method(typed),
                client,
                // Asked before too, so that a code is not used up for nothing.
                (half, trace) -> standsForLogon(half)
                        .then(usable -> codes.redeem(half.account(), BackupUse.SECOND_FACTOR, pass, typed, client))
                        .<LogonResult>fold(method -> complete(half, Set.of(method)), Rejected::new));
    }

    /** Begins to bind the passkey of an account that needs one and has none (T-43). */
    public CeremonyStart beginBinding(String pass, PasskeyName name, PasskeyUse use, Client client) {
        return halfLogons
                .look(LogonMethod.PASSWORD, pass)
                .map(half -> binding.begin(binder(half, client), name, use, half.id()))
                .orElseGet(() -> new CeremonyStart.Refused(Rejection.FIRST_FACTOR));
    }

    /** Completes the logon by a passkey that was bound now. */
    public LogonResult bind(String pass, CeremonyAnswer answer, Client client) {
        return decide(LogonMethod.PASSWORD, pass, LogonMethod.PASSKEY, client, (half, trace) -> {
            BindResult result = binding.end(binder(half, client), answer, half.id());
            return result instanceof BindResult.Bound bound
                    ? complete(half, Set.of(method(bound.passkey().use())))
                    : new Rejected(((BindResult.Refused) result).reason());
        });
    }

    /** The password is as fresh as the pass that stands for it, which lives five minutes at most. */
    private ProvenCaller binder(Grant half, Client client) {
        Proofs proofs = Proofs.by(LogonMethod.PASSWORD, parts.clock().instant());
        return new ProvenCaller(half.account(), half.epoch(), proofs, client);
    }

    private static LogonMethod method(PasskeyUse use) {
        return use == PasskeyUse.LOGON ? LogonMethod.PASSKEY : LogonMethod.SECURITY_KEY;
    }

    /** Gives a half logon up; the first factor must be shown again. */
    public void cancel(String pass) {
        halfLogons.look(pass).ifPresent(halfLogons::takes);
    }

    private LogonResult decide(
            LogonMethod first,
            String pass,
            LogonMethod tried,
            Client client,
            BiFunction<Grant, Trace, LogonResult> decision) {
        Optional<Grant> half = halfLogons.look(first, pass);
        Trace trace = new Trace(client, "");
        LogonResult result =
                half.map(grant -> decision.apply(grant, trace)).orElseGet(() -> new Rejected(Rejection.FIRST_FACTOR));
        half.map(Grant::account).ifPresent(trace::isOf);
        audit.secondFactor(tried, trace, result);
        return result;
    }

    private Checked<CallerDirectory.Entry> standsForLogon(Grant half) {
        return Accounts.usable(parts.accounts().directory(), half.account().key())
                .then(entry -> standsForLogon(half, standing(half), entry));
    }

    private static Checked<CallerDirectory.Entry> standsForLogon(
            Grant half, UserStanding standing, CallerDirectory.Entry entry) {
        if (standing.epoch() != half.epoch()) {
            return Checked.refused(Rejection.SESSIONS_ENDED);
        }
        return FactorWorth.ofPassword(standing, entry.groups()) == FactorWorth.NOTHING
                ? Checked.refused(Rejection.PASSWORD_NOT_ALLOWED)
                : Checked.passed(entry);
    }

    /** Makes a logon of its two halves, if the account may still be used. */
    LogonResult complete(Grant half, Set<LogonMethod> second) {
        return Accounts.usable(parts.accounts().directory(), half.account().key())
                .<LogonResult>fold(entry -> complete(half, entry.account(), entry.groups(), second), Rejected::new);
    }

    private LogonResult complete(Grant half, Account account, Set<String> groups, Set<LogonMethod> second) {
        UserStanding standing = standing(half);
        if (standing.epoch() != half.epoch()) {
            return new Rejected(Rejection.SESSIONS_ENDED);
        }
        Set<LogonMethod> methods = EnumSet.of(HalfLogons.shown(half));
        methods.addAll(second);
        if (!methods.contains(LogonMethod.PASSKEY) && FactorWorth.ofPassword(standing, groups) == FactorWorth.NOTHING) {
            return new Rejected(Rejection.PASSWORD_NOT_ALLOWED);
        }
        return halfLogons.takes(half)
                ? new Accepted(account, groups, methods, standing.epoch())
                : new Rejected(Rejection.CEREMONY_SPENT);
    }

    private UserStanding standing(Grant half) {
        return parts.store().users().standing(half.account().key());
    }

    /** Options given out after one password are nothing after another (T-41), and the passkey is the user's own (T-21). */
    private static Optional<Rejection> isAnother(Grant half, PendingCeremony pending, CallerDirectory.Entry owner) {
        if (!pending.isOf(half.account()) || !pending.grant().equals(half.id())) {
            return Optional.of(Rejection.CEREMONY_UNKNOWN);
        }
        return owner.account().key().equals(half.account().key())
                ? Optional.empty()
                : Optional.of(Rejection.WRONG_ACCOUNT);
    }
}
