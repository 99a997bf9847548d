package org.passkeygraft.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.passkeygraft.engine.DirectoryServer.GROUPS;
import static org.passkeygraft.engine.DirectoryServer.PEOPLE;

import com.unboundid.ldap.sdk.LDAPException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.passkeygraft.Account;
import org.passkeygraft.LogonResult;
import org.passkeygraft.LogonResult.Accepted;
import org.passkeygraft.LogonResult.Rejected;
import org.passkeygraft.Rejection;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.config.ConfigurationException;
import org.passkeygraft.config.PasskeyConfiguration.Accounts;
import org.passkeygraft.config.PasskeyConfiguration.LdapGroups;
import org.passkeygraft.config.PasskeyConfiguration.LdapQueries;
import org.passkeygraft.config.PasskeyConfiguration.Secret;
import org.passkeygraft.store.TestDatabase;
import org.passkeygraft.testing.SoftwareAuthenticator;
import org.passkeygraft.testing.TestCertificate;

/** Accounts in a directory, from a real LDAP server to the logon. */
final class LdapLogonTest {
    private static final Rejected REFUSED = new Rejected(Rejection.PASSWORD);
    private static final LdapGroups BY_MEMBER = new LdapGroups.Entries(GROUPS, "(member={dn})", "cn");

    private final SoftwareAuthenticator device = SoftwareAuthenticator.securityKey();
    private DirectoryServer directory;

    @SuppressWarnings("NullAway.Init") // by the tests that open one
    private EngineUnderTest engine;

    @BeforeEach
    void startDirectory() throws LDAPException {
        directory = DirectoryServer.plain();
        people(directory);
    }

    private static void people(DirectoryServer directory) {
        directory.addPerson("alice", "memberOf: cn=user," + GROUPS, "memberOf: staff");
        directory.addPerson("bob", "memberOf: cn=user," + GROUPS);
        directory.add(
                "cn=user," + GROUPS,
                "objectClass: group",
                "cn: user",
                "member: uid=alice," + PEOPLE,
                "memberUid: alice");
        directory.add("cn=admin," + GROUPS, "objectClass: group", "cn: admin", "member: uid=alice," + PEOPLE);
        directory.add("cn=other," + GROUPS, "objectClass: group", "cn: other", "member: uid=bob," + PEOPLE);
    }

    @AfterEach
    void close() {
        if (engine != null) {
            engine.close();
        }
        directory.close();
    }

    @Test
    void thePasswordOfTheEntryLogsOnWithTheGroupsThatHaveItAsMember() {
        open(queries("(uid={0})", "entryUUID", "", BY_MEMBER));

        Accepted alice = accepted(engine.logOn("alice", "alice-secret"));
        assertThat(alice.account().name()).isEqualTo("alice");
        assertThat(alice.account().key()).matches("[0-9a-f-]{36}");
        assertThat(alice.groups()).isEqualTo(Set.of("user", "admin"));
        assertThat(engine.logOn("alice", "bob-secret")).isEqualTo(REFUSED);
        assertThat(engine.logOn("nobody", "alice-secret")).isEqualTo(REFUSED);
        assertThat(engine.logOn("alice", "pkt1.alice-secret")).isEqualTo(REFUSED);
    }

    @Test
    void groupsMayBeValuesOfTheAccountOrNamedByItsName() {
        open(queries("(uid={0})", "entryUUID", "", new LdapGroups.Attribute("memberOf", "")));
        assertThat(accepted(engine.logOn("alice", "alice-secret")).groups()).isEqualTo(Set.of("user", "staff"));
        engine.close();

        open(queries("(uid={0})", "", "", new LdapGroups.Entries(GROUPS, "(memberUid={name})", "cn")));
        assertThat(accepted(engine.logOn("alice", "alice-secret")).groups()).isEqualTo(Set.of("user"));
        assertThat(accepted(engine.logOn("bob", "bob-secret")).groups()).isEmpty();
    }

    @Test
    void belowAGivenBaseOnlyItsGroupsCount() {
        directory.modify(
                "uid=alice," + PEOPLE,
                "add: memberOf",
                "memberOf: cn=admin,ou=mail-lists,dc=example,dc=org",
                "memberOf: " + GROUPS);
        open(queries(
                "(uid={0})", "entryUUID", "", new LdapGroups.Attribute("memberOf", GROUPS.toUpperCase(Locale.ROOT))));

        assertThat(accepted(engine.logOn("alice", "alice-secret")).groups()).isEqualTo(Set.of("user"));
    }

    @Test
    void aNameThatLooksLikeAPlaceOfTheFilterIsANameStill() {
        directory.addPerson("{name}");
        directory.add("cn=odd," + GROUPS, "objectClass: group", "cn: odd", "member: uid={name}," + PEOPLE);
        open(queries("(uid={0})", "entryUUID", "", BY_MEMBER));

        assertThat(accepted(engine.logOn("{name}", "{name}-secret")).groups()).containsExactly("odd");
    }

    @Test
    void aKeyThatIsNoTextLetsNobodyIn() {
        directory.change("uid=alice," + PEOPLE, "employeeCode:: /wAqKFxBKZoAAAAAAAAAAQ==");
        open(queries("(uid={0})", "employeeCode", "", BY_MEMBER));

        assertThat(engine.logOn("alice", "alice-secret")).isEqualTo(REFUSED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "a*",
                "*)(uid=*",
                "alice)(|(uid=*)",
                "*)(|(objectClass=*",
                "\\2a",
                "\\61lice",
                "alice)(cn=*",
                "(",
                ")",
                "\\",
                "alice,ou=people",
                "uid=alice",
                "alice/x",
                "al\uD800ice"
            })
    void aNameIsNeverAPartOfTheFilter(String name) {
        open(queries("(uid={0})", "entryUUID", "", BY_MEMBER));

        assertThat(engine.logOn(name, "alice-secret")).isEqualTo(REFUSED);
        assertThat(engine.logOn(name, name + "-secret")).isEqualTo(REFUSED);
    }

    @Test
    void aBlankNameIsRefusedUnasked() {
        open(queries("(uid={0})", "entryUUID", "", BY_MEMBER));

        assertThat(engine.logOn(" ", "alice-secret")).isEqualTo(new LogonResult.Rejected(Rejection.NAME));
    }

    @Test
    void aBindWithoutAPasswordIsNeverTried() {
        open(queries("(uid={0})", "entryUUID", "", BY_MEMBER));

        assertThat(engine.logOn("alice", "")).isEqualTo(REFUSED);
    }

    @Test
    void t111_aLooseSpellingIsTheOneAccount() {
        open(queries("(uid={0})", "entryUUID", "", BY_MEMBER));
        Account alice = accepted(engine.logOn("alice", "alice-secret")).account();

        for (String spelling : List.of("ALICE", "Alice")) {
            assertThat(accepted(engine.logOn(spelling, "alice-secret")).account())
                    .isEqualTo(alice);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice\u00a0", "ali\u200bce", "alice\ufeff"})
    void aNameThatLooksRightIsTheEntry(String typed) {
        open(queries("(uid={0})", "entryUUID", "", BY_MEMBER));

        assertThat(accepted(engine.logOn(typed, "alice-secret")).account().name())
                .isEqualTo("alice");
        assertThat(engine.logOn(typed, "bob-secret")).isEqualTo(REFUSED);
    }

    @Test
    void t37_aDirectoryWithoutUsableFilterIsToldAtTheStart() {
        try (AuditLines log = new AuditLines("org.passkeygraft.accounts")) {
            open(queries("(uid={0})", "entryUUID", "(objectClass=*)", BY_MEMBER));
            assertThat(log.all()).noneMatch(line -> line.contains("usable-filter"));
            engine.close();

            open(queries("(uid={0})", "entryUUID", "", BY_MEMBER));
            assertThat(log.all())
                    .filteredOn(line -> line.contains("passkey.accounts.ldap.usable-filter"))
                    .singleElement()
                    .asString()
                    .contains("(objectClass=*)");
        }
    }

    /** A server that hashes dearly refuses what is no entry at once. */
    @Test
    void t62_aNameThatNobodyHasTakesAsLongAsAnEntrysRefusal() {
        directory.hashFor(Duration.ofMillis(80));
        open(queries("(uid={0})", "entryUUID", "", BY_MEMBER));
        Medians medians = Medians.ofWaiting(7, List.of("alice", "bob", "nobody"), name -> engine.logOn(name, "wrong"));

        assertThat(medians.ratio("nobody", "alice")).isBetween(0.7, 1.4);
        assertThat(medians.ratio("bob", "alice")).isBetween(0.7, 1.4);
    }

    @Test
    void moreThanOneEntryIsNobody() {
        directory.add(
                "uid=alice,ou=groups,dc=example,dc=org",
                "objectClass: person",
                "uid: alice",
                "userPassword: alice-secret");
        LdapQueries wide = new LdapQueries("dc=example,dc=org", "(uid={0})", "uid", "entryUUID", "", BY_MEMBER);
        open(wide);

        assertThat(engine.logOn("alice", "alice-secret")).isEqualTo(REFUSED);
        assertThat(engine.logOn("bob", "bob-secret")).isInstanceOf(Accepted.class);
    }

    @Test
    void anEntryWithTwoNamesIsNobody() {
        directory.modify("uid=bob," + PEOPLE, "add: uid", "uid: alice2");
        open(queries("(uid={0})", "entryUUID", "", BY_MEMBER));

        assertThat(engine.logOn("bob", "bob-secret")).isEqualTo(REFUSED);
        assertThat(engine.logOn("alice2", "bob-secret")).isEqualTo(REFUSED);
    }

    @Test
    void t37_aLockInTheDirectoryIsHonouredByPasskeyAndPassword() {
        open(queries("(uid={0})", "entryUUID", "(!(pwdAccountLockedTime=*))", BY_MEMBER));
        Account alice = bind("alice");
        var begun = engine.beginLogon("alice");
        directory.modify("uid=alice," + PEOPLE, "add: pwdAccountLockedTime", "pwdAccountLockedTime: 000001010000Z");

        assertThat(engine.logOn(begun, device)).isEqualTo(new Rejected(Rejection.ACCOUNT_UNUSABLE));
        assertThat(engine.logOn("alice", "alice-secret")).isEqualTo(new Rejected(Rejection.ACCOUNT_UNUSABLE));
        assertThat(engine.runtime().authentication().standing(alice, 0)).isInstanceOf(Standing.Ended.class);

        directory.modify("uid=alice," + PEOPLE, "delete: pwdAccountLockedTime");
        assertThat(engine.logOn(device)).isInstanceOf(Accepted.class);
    }

    @Test
    void whoTheFilterDoesNotFindAnyMoreHasNoAccountForAPasskeyEither() {
        open(queries("(&(memberOf=staff)(|(uid={0})(mail={0})))", "entryUUID", "", BY_MEMBER));
        bind("alice");
        assertThat(engine.logOn("bob", "bob-secret")).isEqualTo(REFUSED);

        directory.modify("uid=alice," + PEOPLE, "delete: memberOf", "memberOf: staff");

        assertThat(engine.logOn(device)).isEqualTo(new Rejected(Rejection.ACCOUNT_UNKNOWN));
    }

    @Test
    void t110_aPasskeyFollowsTheKeyThroughARenameAndNeverTheName() {
        open(queries("(uid={0})", "entryUUID", "", BY_MEMBER));
        Account alice = bind("alice");
        directory.rename("uid=alice," + PEOPLE, "uid=alicia");

        Accepted renamed = accepted(engine.logOn(device));
        assertThat(renamed.account()).isEqualTo(new Account("alicia", alice.key()));

        directory.delete("uid=alicia," + PEOPLE);
        directory.addPerson("alicia");
        assertThat(engine.logOn(device)).isEqualTo(new Rejected(Rejection.ACCOUNT_UNKNOWN));
    }

    @ParameterizedTest
    @ValueSource(strings = {"objectGUID", "mS-DS-ConsistencyGuid", "objectSid"})
    void aKeyMayBeBytes(String attribute) {
        directory.change("uid=alice," + PEOPLE, attribute + ":: /wAqKFxBKZoAAAAAAAAAAQ==");
        directory.change("uid=bob," + PEOPLE, attribute + ":: /wAqKFxBKZoAAAAAAAAAAg==");
        open(queries("(uid={0})", attribute, "", BY_MEMBER));
        Account alice = bind("alice");

        assertThat(alice.key()).isEqualTo("ff002a285c41299a0000000000000001");
        assertThat(accepted(engine.logOn(device)).account()).isEqualTo(alice);
    }

    @Test
    void aNameInADnMayHoldWhatDnsAndFiltersMean() {
        String dn = "cn=Müller\\, Jürgen / (\\\"x\\\") * \\+ \\\\," + PEOPLE;
        directory.add(dn, "objectClass: person", "cn: Müller, Jürgen / (\"x\") * + \\", "uid: jm", "userPassword: p");
        directory.add("cn=odd," + GROUPS, "objectClass: group", "cn: odd", "member: " + dn);
        open(queries("(uid={0})", "entryUUID", "(objectClass=person)", BY_MEMBER));

        assertThat(accepted(engine.logOn("jm", "p")).groups()).containsExactly("odd");
    }

    @Test
    void aServerThatStopsIsAnAccidentAndTheNextOneIsAsked() throws LDAPException {
        try (DirectoryServer second = DirectoryServer.plain()) {
            people(second);
            engine = engine(List.of(directory.url(), second.url()), false, queries("(uid={0})", "", "", BY_MEMBER));
            bind("alice");

            directory.stop();
            assertThat(engine.logOn("alice", "alice-secret")).isInstanceOf(Accepted.class);
            assertThat(engine.logOn(device)).isInstanceOf(Accepted.class);
            assertThat(engine.logOn("alice", "wrong")).isEqualTo(REFUSED);

            second.stop();
            assertThatThrownBy(() -> engine.logOn("alice", "alice-secret")).isInstanceOf(UnavailableException.class);
            assertThatThrownBy(() -> engine.logOn(device)).isInstanceOf(UnavailableException.class);
        }
    }

    @Test
    void aServerThatNeverAnswersIsWaitedForFiveSeconds() throws IOException {
        open(queries("(uid={0})", "", "", BY_MEMBER));
        int port = Integer.parseInt(directory.url().replaceFirst(".*:", ""));
        directory.stop();
        try (ServerSocket mute = new ServerSocket(port, 5, InetAddress.getByName("localhost"))) {
            assertThat(mute.isBound()).isTrue();
            Instant begin = Instant.now();

            assertThatThrownBy(() -> engine.logOn("alice", "alice-secret")).isInstanceOf(UnavailableException.class);

            assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(15));
        }
    }

    @Test
    void aServerThatSaysYesToStartTlsAndFallsSilentIsWaitedForFiveSeconds() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getByName("localhost"))) {
            Thread yes = new Thread(() -> sayYesAndFallSilent(server));
            yes.setDaemon(true);
            yes.start();
            Instant begin = Instant.now();

            assertTimeoutPreemptively(
                    Duration.ofSeconds(20),
                    () -> assertThatThrownBy(() -> engine(
                                    List.of("ldap://localhost:" + server.getLocalPort()),
                                    true,
                                    queries("(uid={0})", "", "", BY_MEMBER)))
                            .isInstanceOf(UnavailableException.class)
                            .hasStackTraceContaining("StartTLS failed"));

            assertThat(Duration.between(begin, Instant.now())).isGreaterThan(Duration.ofSeconds(4));
        }
    }

    private static void sayYesAndFallSilent(ServerSocket server) {
        List<Socket> open = new ArrayList<>();
        try {
            while (true) {
                Socket client = server.accept();
                open.add(client);
                int messageId = readRequest(client.getInputStream());
                // RFC 4511, section 4.14.2: an ExtendedResponse with resultCode success.
                client.getOutputStream()
                        .write(new byte[] {0x30, 0x0c, 2, 1, (byte) messageId, 0x78, 7, 0x0a, 1, 0, 4, 0, 4, 0});
            }
        } catch (IOException closed) {
            assertThat(open).isNotEmpty();
        }
    }

    /** A message of less than 128 bytes, and its number. */
    private static int readRequest(InputStream in) throws IOException {
        in.read();
        return in.readNBytes(in.read())[2];
    }

    @Test
    void whatTheDirectoryDoesNotTakeStopsTheStartWithItsKey() {
        assertThatThrownBy(() ->
                        open(new LdapQueries("ou=nothing,dc=example,dc=org", "(uid={0})", "uid", "", "", BY_MEMBER)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("passkey.accounts.ldap.base");
        assertThatThrownBy(() -> open(queries("(&(uid={0})())", "", "", BY_MEMBER)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("passkey.accounts.ldap.filter");
        Accounts.Ldap wrong = new Accounts.Ldap(
                List.of(directory.url()),
                DirectoryServer.READER,
                new Secret("wrong"),
                false,
                queries("(uid={0})", "", "", BY_MEMBER));
        assertThatThrownBy(() -> new EngineUnderTest(TestDatabase.H2, wrong))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("passkey.accounts.ldap.user");
        directory.stop();
        assertThatThrownBy(() -> open(queries("(uid={0})", "", "", BY_MEMBER)))
                .isInstanceOf(UnavailableException.class);
    }

    @Test
    void encryptedOrNotAtAll(@TempDir Path files) throws Exception {
        SSLContext certificate = TestCertificate.in(files).context();
        LdapQueries queries = queries("(uid={0})", "", "", BY_MEMBER);
        try (DirectoryServer encrypted = DirectoryServer.encrypted(certificate)) {
            people(encrypted);
            assertThatThrownBy(() -> engine(List.of(encrypted.url()), true, queries))
                    .as("a certificate that nobody trusts")
                    .isInstanceOf(UnavailableException.class);
            assertThatThrownBy(() -> engine(List.of(encrypted.tlsUrl()), false, queries))
                    .isInstanceOf(UnavailableException.class);

            SSLContext before = SSLContext.getDefault();
            SSLContext.setDefault(certificate);
            try {
                assertLogsOn(engine(List.of(encrypted.url()), true, queries));
                assertLogsOn(engine(List.of(encrypted.tlsUrl()), false, queries));
                assertThatThrownBy(
                                () -> engine(List.of(encrypted.url().replace("localhost", "127.0.0.1")), true, queries))
                        .as("a certificate of another host")
                        .isInstanceOf(UnavailableException.class);
                assertThatThrownBy(() -> engine(List.of(directory.url()), true, queries))
                        .as("a server without StartTLS")
                        .isInstanceOf(UnavailableException.class);
            } finally {
                SSLContext.setDefault(before);
            }
        }
    }

    private static void assertLogsOn(EngineUnderTest engine) throws GeneralSecurityException {
        try (engine) {
            assertThat(accepted(engine.logOn("alice", "alice-secret")).groups()).contains("admin");
            assertThat(engine.logOn("alice", "wrong")).isEqualTo(REFUSED);
        }
    }

    /** An account with a passkey on the device. */
    private Account bind(String name) {
        Account account = accepted(engine.logOn(name, name + "-secret")).account();
        engine.bindFirst(account, device);
        return account;
    }

    private static Accepted accepted(LogonResult result) {
        assertThat(result).isInstanceOf(Accepted.class);
        return (Accepted) result;
    }

    private static LdapQueries queries(String filter, String key, String usable, LdapGroups groups) {
        return new LdapQueries(PEOPLE, filter, "uid", key, usable, groups);
    }

    private void open(LdapQueries queries) {
        engine = engine(List.of(directory.url()), false, queries);
    }

    private static EngineUnderTest engine(List<String> urls, boolean startTls, LdapQueries queries) {
        return new EngineUnderTest(
                TestDatabase.H2,
                new Accounts.Ldap(
                        urls, DirectoryServer.READER, new Secret(DirectoryServer.READER_PASSWORD), startTls, queries));
    }
}
