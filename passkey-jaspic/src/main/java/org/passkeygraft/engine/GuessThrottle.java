package org.passkeygraft.engine;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.Account;
import org.passkeygraft.Bytes;
import org.passkeygraft.Client;
import org.passkeygraft.Places;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.config.PasskeyConfiguration;
import org.passkeygraft.store.FailureCount;
import org.passkeygraft.store.FailureStore;
import org.passkeygraft.store.Failures;

/**
 * Slows down who guesses passwords or codes, on all servers together. An account's failures delay guesses at that account
 * only, by at most a minute each; an address's failures delay what comes from there. A browser that the account was logged
 * on with before has a count of its own: somebody else's wrong passwords do not delay it, and whoever steals its cookie
 * gets no more tries than anybody. A verified passkey is never delayed.
 *
 * <p>What is let through counts as failed before it is checked, by a conditional update: no number of tries at once, on
 * however many servers, gets past a limit. Where only tries that are being checked now stand at the limit, the next one
 * waits for what becomes of them: right ones take themselves back, so a crowd of right passwords is not refused (T-132).
 *
 * <p>Only a bounded number of guesses is checked at once, so that guesses never take all threads of the server (T-124).
 * Thread-safe; throws {@link org.passkeygraft.UnavailableException} if the store cannot answer now.
 */
final class GuessThrottle {
    private static final Duration ADDRESS_WINDOW = Duration.ofMinutes(1);
    /** All browsers of an account together fail as often as so many, however many ids a leaked key makes (T-120). */
    private static final int DEVICES = 4;

    private static final String BUSY =
            "too many passwords and codes are being checked: see passkey.throttle.checks-at-once";

    /** Longer than a full line of passwords takes to be checked one after the other. */
    private static final Duration LONGEST_TURN = Duration.ofSeconds(30);

    private final boolean enabled;
    private final FailureRule perAccount;
    private final FailureRule perAddress;
    private final FailureRule acrossDevices;
    private final FailureStore store;
    private final KnownDevices devices;
    private final InstantSource clock;
    private final Turns turns = new Turns(LONGEST_TURN);
    private final Places places;

    GuessThrottle(PasskeyConfiguration.Throttle limits, FailureStore store, KnownDevices devices, InstantSource clock) {
        this.enabled = limits.enabled();
        this.perAccount = new FailureRule(limits.accountFailures(), limits.accountWindow(), true);
        this.perAddress = new FailureRule(limits.addressFailures(), ADDRESS_WINDOW, false);
        this.acrossDevices = new FailureRule(DEVICES * limits.accountFailures(), limits.accountWindow(), false);
        this.store = store;
        this.devices = devices;
        this.clock = clock;
        this.places = new Places(limits.checksAtOnce(), Duration.ZERO, BUSY);
    }

    /**
     * Checks a guess, from its admission to what becomes of it, at one of the places for such checks.
     *
     * @throws UnavailableException if no place is free, and then nothing was checked or asked
     */
    <T> T within(Supplier<T> check) {
        return places.within(check);
    }

    /**
     * Lets a password be tried, or says how long it has to wait.
     *
     * @param typedName without a logon suffix
     * @param meant the account that the name means; null if it means none, or nobody can tell before the password is right
     */
    Admission admitPassword(String typedName, @Nullable Account meant, Client client) {
        String name = LooseName.of(typedName);
        // One account has one counter, however many spellings and aliases of its name the accounts take (T-125). What
        // was
        // typed has another one: else two spellings that share their tries would tell that nobody has the name (T-61).
        String subject = meant == null ? "nobody\n" + letters(name) : "key\n" + meant.key();
        List<Counter> account =
                List.of(new Counter(perAccount, "password", subject), new Counter(perAccount, "name", letters(name)));
        List<Counter> ofDevice = devices.known(meant == null ? name : LooseName.of(meant.name()), client)
                .map(device -> List.of(
                        new Counter(perAccount, "device", device + '\n' + subject),
                        new Counter(acrossDevices, "devices", subject)))
                .orElse(List.of());
        return admit(new Counters(ofDevice, account, ofAddress(client)));
    }

    /** The name without what some user tables skip when they compare: then all that it may be counts as one. */
    private static String letters(String looseName) {
        String letters = looseName.replaceAll("[\\p{P}\\p{Z}\\p{S}]", "");
        return letters.isEmpty() ? looseName : letters;
    }

    /** The same for a password of an account that something else was shown of. */
    Admission admitProof(Account account, Client client) {
        return admit(
                new Counters(List.of(), List.of(new Counter(perAccount, "proof", account.key())), ofAddress(client)));
    }

    /** The same for a code that was sent to the user of an account, or that is kept on paper. */
    Admission admitCode(Account account, Client client) {
        return admit(
                new Counters(List.of(), List.of(new Counter(perAccount, "code", account.key())), ofAddress(client)));
    }

    private Counter ofAddress(Client client) {
        return new Counter(perAddress, "address", IpAddress.network(client.address()));
    }

    private Admission admit(Counters counters) {
        if (!enabled) {
            return new Admission.Counted(store, List.of(), List.of());
        }
        Look look = look(counters);
        return look.decision()
                .or(() -> turns.await(look.contended(), () -> look(counters).decision()))
                .orElseThrow(() -> UnavailableException.busy(BUSY));
    }

    /** Looks once: a limit that right guesses may still free again, or a count that others changed, decides nothing. */
    private Look look(Counters counters) {
        Instant now = clock.instant();
        Map<String, Failures> known = store.of(counters.ids());
        List<Counter> counting = counters.counting(known, now);
        List<Counter> full = counting.stream()
                .filter(counter -> counter.delay(known, now).isPresent())
                .toList();
        if (full.isEmpty()) {
            List<FailureCount> counts = counting.stream()
                    .map(counter -> counter.another(known, now))
                    .toList();
            int own = counters.emptied(counting);
            return new Look(
                    store.count(counts)
                            ? new Admission.Counted(store, counts.subList(0, own), counts.subList(own, counts.size()))
                            : null,
                    counters.ofAccount().get(0).id());
        }
        boolean mayOpen = full.stream().allMatch(counter -> counter.mayOpen(known));
        return new Look(
                mayOpen ? null : new Admission.Wait(longest(full, known, now)),
                full.get(0).id());
    }

    private static Duration longest(List<Counter> full, Map<String, Failures> known, Instant now) {
        return full.stream()
                .flatMap(counter -> counter.delay(known, now).stream())
                .max(Duration::compareTo)
                .orElseThrow();
    }

    /**
     * What one look at the counters said.
     *
     * @param admission null if nothing is decided yet
     * @param contended the counter that others change now
     */
    private record Look(@Nullable Admission admission, String contended) {
        Optional<Admission> decision() {
            return Optional.ofNullable(admission);
        }
    }

    /** One thing that failures are counted of. */
    private record Counter(FailureRule rule, String id) {
        Counter(FailureRule rule, String kind, String what) {
            this(
                    rule,
                    Bytes.of((kind + '\n' + what).getBytes(StandardCharsets.UTF_8))
                            .sha256()
                            .base64url());
        }

        FailureCount another(Map<String, Failures> known, Instant now) {
            return rule.count(id, known.get(id), now);
        }

        Optional<Duration> delay(Map<String, Failures> known, Instant now) {
            return rule.delay(known.get(id), now);
        }

        boolean mayOpen(Map<String, Failures> known) {
            Failures failures = known.get(id);
            return failures == null || rule.mayOpen(failures);
        }
    }

    /**
     * What one guess may count on.
     *
     * @param ofDevice the browser's own counter, then that of all the account's browsers; empty for a browser not known
     * @param ofAccount the counters of the account and of the name that was typed
     */
    private record Counters(List<Counter> ofDevice, List<Counter> ofAccount, Counter address) {
        List<String> ids() {
            return Stream.of(ofDevice, ofAccount, List.of(address))
                    .flatMap(List::stream)
                    .map(Counter::id)
                    .toList();
        }

        /** A known browser's own count, unless the account's browsers fail too often together: then none is known. */
        List<Counter> counting(Map<String, Failures> known, Instant now) {
            boolean trusted =
                    !ofDevice.isEmpty() && ofDevice.get(1).delay(known, now).isEmpty();
            List<Counter> counting = new ArrayList<>(trusted ? ofDevice : ofAccount);
            counting.add(address);
            return counting;
        }

        /** Returns how many of the first counters a right guess empties: the browser's own, or all of the account. */
        int emptied(List<Counter> counting) {
            return counting.containsAll(ofAccount) ? ofAccount.size() : 1;
        }
    }
}
