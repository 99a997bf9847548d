package org.passkeygraft.engine;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.passkeygraft.LogonMethod;
import org.passkeygraft.store.UserStanding;

/**
 * How a caller can prove who they are before a change.
 *
 * @param alone what is enough by itself
 * @param besidePassword what is enough together with the password
 */
public record ProofWays(Set<LogonMethod> alone, Set<LogonMethod> besidePassword) {
    public ProofWays {
        alone = Set.copyOf(alone);
        besidePassword = Set.copyOf(besidePassword);
    }

    static ProofWays of(UserStanding standing) {
        if (standing.logonPasskeys() > 0) {
            return new ProofWays(Set.of(LogonMethod.PASSKEY), Set.of());
        }
        return standing.passkeys() > 0
                ? new ProofWays(Set.of(), Set.of(LogonMethod.SECURITY_KEY))
                : new ProofWays(Set.of(LogonMethod.PASSWORD), Set.of());
    }

    /** The same with these beside the password too, for who has a passkey that they may stand in for. */
    ProofWays or(Set<LogonMethod> codes) {
        Set<LogonMethod> beside = EnumSet.noneOf(LogonMethod.class);
        beside.addAll(besidePassword);
        beside.addAll(codes);
        return new ProofWays(alone, beside);
    }

    /** Whether a password leads anywhere, be it alone or half of the way. */
    public boolean takesPassword() {
        return alone.contains(LogonMethod.PASSWORD) || !besidePassword.isEmpty();
    }

    /** What can be shown next: where it takes two parts, the password comes first. */
    Set<LogonMethod> next(boolean passwordShown) {
        Set<LogonMethod> next = EnumSet.noneOf(LogonMethod.class);
        next.addAll(alone);
        if (passwordShown) {
            next.addAll(besidePassword);
        } else if (takesPassword()) {
            next.add(LogonMethod.PASSWORD);
        }
        return next;
    }

    /** As the HTTP contract spells them: {@code passkey}, or {@code password+security-key}. */
    public List<String> labels() {
        return Stream.concat(
                        alone.stream().sorted().map(LogonMethod::label),
                        besidePassword.stream()
                                .sorted()
                                .map(other -> LogonMethod.PASSWORD.label() + "+" + other.label()))
                .toList();
    }
}
