package org.passkeygraft.http;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.passkeygraft.Account;
import org.passkeygraft.Caller;
import org.passkeygraft.LogonMethod;
import org.passkeygraft.ProofGroup;
import org.passkeygraft.Proofs;

/**
 * What a session remembers of a logon, and its one-line-a-field text. The text is all that is kept in the session: it
 * survives redeployment, replication and a rolling upgrade, because it holds no class of ours.
 *
 * @param logonId random, tells this logon from every other
 * @param epoch the account's generation of sessions at the logon
 * @param checkedAt when the directory last answered for this session
 * @param triedAt when it was last asked
 * @param methods everything that was shown to log on, or since
 * @param proofs when the caller last proved who they are, for each thing that a proof is good for
 */
record SessionRecord(
        String logonId,
        Account account,
        Set<String> groups,
        long epoch,
        Instant checkedAt,
        Instant triedAt,
        Set<LogonMethod> methods,
        Map<ProofGroup, Proofs> proofs) {
    private static final String VERSION = "2";
    private static final int FIELDS = 11;
    private static final int FIRST_PROOFS = 8;

    SessionRecord {
        groups = Set.copyOf(groups);
        methods = Set.copyOf(methods);
        proofs = Map.copyOf(proofs);
    }

    /** What a logon that has just been made by these methods proves: everything. */
    static Map<ProofGroup, Proofs> everything(Proofs logon) {
        Map<ProofGroup, Proofs> proofs = new EnumMap<>(ProofGroup.class);
        Stream.of(ProofGroup.values()).forEach(group -> proofs.put(group, logon));
        return proofs;
    }

    Proofs proofsFor(ProofGroup group) {
        return proofs.getOrDefault(group, Proofs.NONE);
    }

    Caller caller() {
        return new Caller(account.name(), groups);
    }

    SessionRecord tried(Instant now) {
        return new SessionRecord(logonId, account, groups, epoch, checkedAt, now, methods, proofs);
    }

    /**
     * Whether the directory need not be asked now: one of the session's requests did so lately, and it has not been silent
     * for longer than is tolerated. A time in the future proves nothing.
     */
    boolean isCurrent(Instant now, Duration recheck, Duration longestWithoutDirectory) {
        return !triedAt.isAfter(now)
                && triedAt.plus(recheck).isAfter(now)
                && checkedAt.plus(recheck).plus(longestWithoutDirectory).isAfter(now);
    }

    SessionRecord checked(Account currentAccount, Set<String> currentGroups, Instant now) {
        return new SessionRecord(logonId, currentAccount, currentGroups, epoch, now, now, methods, proofs);
    }

    /** After a fresh proof for one group. */
    SessionRecord proven(ProofGroup group, Set<LogonMethod> shown, Instant now) {
        Map<ProofGroup, Proofs> newer = new EnumMap<>(ProofGroup.class);
        newer.putAll(proofs);
        newer.put(group, proofsFor(group).with(shown, now));
        Set<LogonMethod> all = EnumSet.noneOf(LogonMethod.class);
        all.addAll(methods);
        all.addAll(shown);
        return new SessionRecord(logonId, account, groups, epoch, checkedAt, triedAt, all, newer);
    }

    SessionRecord inEpoch(long newer) {
        return new SessionRecord(logonId, account, groups, newer, checkedAt, triedAt, methods, proofs);
    }

    String write() {
        List<String> lines = new ArrayList<>(FIELDS + groups.size());
        lines.add(VERSION);
        lines.add(logonId);
        lines.add(escape(account.name()));
        lines.add(escape(account.key()));
        lines.add(Long.toString(epoch));
        lines.add(millis(checkedAt));
        lines.add(millis(triedAt));
        lines.add(methods.stream().sorted().map(LogonMethod::label).collect(Collectors.joining(",")));
        Stream.of(ProofGroup.values()).forEach(group -> lines.add(write(proofsFor(group))));
        groups.forEach(group -> lines.add(escape(group)));
        return String.join("\n", lines);
    }

    /** Empty for a text of another version or shape: nobody is logged on then. */
    static Optional<SessionRecord> read(String text) {
        List<String> lines = List.of(text.split("\n", -1));
        if (lines.size() < FIELDS || !lines.get(0).equals(VERSION)) {
            return Optional.empty();
        }
        try {
            Set<String> groups = new LinkedHashSet<>();
            lines.subList(FIELDS, lines.size()).forEach(group -> groups.add(unescape(group)));
            return Optional.of(new SessionRecord(
                    lines.get(1),
                    new Account(unescape(lines.get(2)), unescape(lines.get(3))),
                    groups,
                    Long.parseLong(lines.get(4)),
                    Instant.ofEpochMilli(Long.parseLong(lines.get(5))),
                    Instant.ofEpochMilli(Long.parseLong(lines.get(6))),
                    methods(lines.get(7)),
                    proofs(lines.subList(FIRST_PROOFS, FIELDS))));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    private static String write(Proofs proofs) {
        return new TreeMap<>(proofs.times())
                .entrySet().stream()
                        .map(proof -> proof.getKey().label() + '=' + millis(proof.getValue()))
                        .collect(Collectors.joining(","));
    }

    private static Map<ProofGroup, Proofs> proofs(List<String> lines) {
        Map<ProofGroup, Proofs> proofs = new EnumMap<>(ProofGroup.class);
        Iterator<String> line = lines.iterator();
        for (ProofGroup group : ProofGroup.values()) {
            Map<LogonMethod, Instant> times = new EnumMap<>(LogonMethod.class);
            words(line.next()).forEach(word -> {
                int equals = word.indexOf('=');
                times.put(
                        method(word.substring(0, Math.max(equals, 0))),
                        Instant.ofEpochMilli(Long.parseLong(word.substring(equals + 1))));
            });
            proofs.put(group, new Proofs(times));
        }
        return proofs;
    }

    private static Set<LogonMethod> methods(String line) {
        Set<LogonMethod> methods = EnumSet.noneOf(LogonMethod.class);
        words(line).forEach(word -> methods.add(method(word)));
        return methods;
    }

    private static LogonMethod method(String label) {
        return LogonMethod.labelled(label).orElseThrow(() -> new IllegalArgumentException("no method: " + label));
    }

    private static List<String> words(String line) {
        return line.isEmpty() ? List.of() : List.of(line.split(",", -1));
    }

    private static String millis(Instant instant) {
        return Long.toString(instant.toEpochMilli());
    }

    private static String escape(String value) {
        return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }

    private static String unescape(String line) {
        if (line.indexOf('\\') < 0) {
            return line;
        }
        StringBuilder value = new StringBuilder(line.length());
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && i + 1 < line.length()) {
                i++;
                c = switch (line.charAt(i)) {
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    default -> line.charAt(i);
                };
            }
            value.append(c);
        }
        return value.toString();
    }
}
