package org.passkeygraft.accounts;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.Account;
import org.passkeygraft.config.ConfigurationException;
import org.passkeygraft.config.PasskeyConfiguration.Accounts;
import org.passkeygraft.config.Problem;
import org.passkeygraft.spi.CallerDirectory;
import org.passkeygraft.spi.PasswordVerifier;

/**
 * The accounts in a file in the format of Jetty's {@code HashLoginService}. The name is the key. Somebody who asks looks
 * once a second at most whether the file has changed; one that cannot be used leaves the last good one in force, and is
 * logged once. Safe for use by many threads.
 */
final class FileAccounts implements PasswordVerifier, CallerDirectory {
    private static final Logger LOG = System.getLogger(FileAccounts.class.getName());
    private static final String KEY = "passkey.accounts.file.path";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final long LARGEST = 64L * 1024 * 1024;

    private final Path path;
    private final HashFormats formats;
    private final InstantSource clock;
    private final PasswordHashes hashes;
    private final ReentrantLock looking = new ReentrantLock();
    private volatile State state;
    /** What was logged last; guarded by {@code looking}. */
    private String complaint = "";

    private FileAccounts(Accounts.File file, HashFormats formats, InstantSource clock, State first) {
        this.path = file.path();
        this.formats = formats;
        this.clock = clock;
        this.hashes = new PasswordHashes(formats, file.hashesAtOnce(), PATIENCE);
        this.state = first;
    }

    /**
     * Reads the file.
     *
     * @throws ConfigurationException if it cannot be read, with every line that cannot be used
     */
    static FileAccounts of(Accounts.File file, InstantSource clock) {
        HashFormats formats = new HashFormats(file.passwordFormat());
        try {
            Version version = Version.of(file.path());
            RealmFile realm = read(file.path(), formats);
            if (!realm.problems().isEmpty()) {
                throw refused(file, realm.problems());
            }
            warnOfPlainText(file, realm);
            return new FileAccounts(file, formats, clock, new State(realm.users(), version, clock.instant()));
        } catch (IOException e) {
            throw refused(file, List.of("it cannot be read: " + e));
        }
    }

    private static ConfigurationException refused(Accounts.File file, List<String> remedies) {
        return new ConfigurationException(remedies.stream()
                .map(remedy -> new Problem(KEY, file.path().toString(), remedy))
                .toList());
    }

    private static void warnOfPlainText(Accounts.File file, RealmFile realm) {
        HashFormats others = new HashFormats("auto");
        long plain = realm.users().values().stream()
                .filter(user -> user.isPlain(others))
                .count();
        if (plain > 0 && file.passwordFormat().equals("plain")) {
            LOG.log(
                    Level.WARNING,
                    "{0} holds {1} passwords in plain text: whoever reads the file can log on as any of them",
                    file.path(),
                    plain);
        }
    }

    @Override
    public Optional<Account> verify(String username, char[] password) {
        Optional<RealmUser> user = Optional.ofNullable(users().get(username));
        boolean right = hashes.matches(user.map(RealmUser::passwordHash).orElse(null), password);
        return right ? Optional.of(Account.named(username)) : Optional.empty();
    }

    @Override
    public boolean hasPassword(String accountKey) {
        RealmUser user = users().get(accountKey);
        return user == null || user.passwordHash() != null;
    }

    @Override
    public Optional<Entry> find(String accountKey) {
        return Optional.ofNullable(users().get(accountKey))
                .map(user -> new Entry(Account.named(user.name()), !user.locked(), user.roles()));
    }

    @Override
    public Optional<Account> resolve(String username) {
        return Optional.ofNullable(users().get(username)).map(user -> Account.named(user.name()));
    }

    int size() {
        return users().size();
    }

    private Map<String, RealmUser> users() {
        Instant now = clock.instant();
        // One of all who ask looks; the others go on with what is known.
        if (state.isDue(now) && looking.tryLock()) {
            try {
                state = look(state, now);
            } finally {
                looking.unlock();
            }
        }
        return state.users();
    }

    private State look(State known, Instant now) {
        Version version = Version.find(path);
        if (version.equals(known.version())) {
            return new State(known.users(), version, now);
        }
        try {
            RealmFile realm = read(path, formats);
            if (!realm.problems().isEmpty()) {
                complain(realm.problems().get(0));
                return new State(known.users(), version, now);
            }
            // Written while we read: what was read may be half of it.
            boolean settled = Version.find(path).equals(version);
            complaint = "";
            return settled ? new State(realm.users(), version, now) : new State(known.users(), known.version(), now);
        } catch (IOException e) {
            // Not read is not known: what cannot be read now may be a lock, so it is tried again.
            complain(e.toString());
            return new State(known.users(), known.version(), now);
        }
    }

    private void complain(String problem) {
        if (!problem.equals(complaint)) {
            LOG.log(Level.WARNING, "{0} cannot be used, what it said before holds on: {1}", path, problem);
            complaint = problem;
        }
    }

    private static RealmFile read(Path path, HashFormats formats) throws IOException {
        if (Files.size(path) > LARGEST) {
            throw new IOException("more than " + LARGEST + " bytes");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(path)))
                    .toString();
            return RealmFile.parse(text, formats);
        } catch (CharacterCodingException e) {
            throw new IOException("it is not written in UTF-8", e);
        }
    }

    /** What was read last and when somebody looked. */
    private record State(Map<String, RealmUser> users, Version version, Instant lookedAt) {
        /** Also after the clock was set back. */
        boolean isDue(Instant now) {
            return Duration.between(lookedAt, now).abs().compareTo(BETWEEN_LOOKS) >= 0;
        }
    }

    /** What tells that a file was written, or replaced. */
    private record Version(
            FileTime modified, long size, @Nullable Object identity) {
        static final Version UNKNOWN = new Version(FileTime.fromMillis(Long.MIN_VALUE), -1, null);

        static Version of(Path path) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return new Version(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
        }

        static Version find(Path path) {
            try {
                return of(path);
            } catch (IOException gone) {
                return UNKNOWN;
            }
        }
    }
}
