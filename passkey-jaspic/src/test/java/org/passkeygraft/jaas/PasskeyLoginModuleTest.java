package org.passkeygraft.jaas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.passkeygraft.engine.EngineUnderTest.ALICE;
import static org.passkeygraft.engine.EngineUnderTest.BOB;

import com.sun.enterprise.security.auth.login.common.PasswordCredential;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.passkeygraft.LogonResult.Rejected;
import org.passkeygraft.Rejection;
import org.passkeygraft.engine.EngineUnderTest;
import org.passkeygraft.store.TestDatabase;

/** The contract of a LoginModule, as the JDK's own LoginContext exercises it (T-92, T-93). */
final class PasskeyLoginModuleTest {
    private static final Set<Principal> ALICE_AND_STAFF =
            Set.of(new CallerPrincipal("alice"), new GroupPrincipal("staff"));
    private static final Map<String, Object> DELEGATE =
            Map.of("delegate", PasswordModule.class.getName(), "delegate.url", "jdbc:app");
    private static EngineUnderTest engine;

    private final Subject subject = new Subject();

    @BeforeAll
    static void open() {
        engine = new EngineUnderTest(TestDatabase.H2);
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @BeforeEach
    void forget() {
        PasswordModule.SEEN.clear();
        SharingModule.SEEN.clear();
    }

    @ParameterizedTest
    @ValueSource(strings = {"required", "requisite", "sufficient", "optional"})
    void aloneATicketLogsItsOwnerOnUnderEveryFlag(String flag) throws Exception {
        LoginContext context = new Entry().ours(flag).context(subject, Entry.form("alice", engine.ticket(ALICE)));

        context.login();
        assertThat(subject.getPrincipals()).isEqualTo(ALICE_AND_STAFF);
        assertThat(subject.getPrivateCredentials()).isEmpty();
        assertThat(subject.getPublicCredentials()).isEmpty();

        context.logout();
        assertThat(subject.getPrincipals()).isEmpty();
        assertThatNoException().as("a second time").isThrownBy(context::logout);
        assertThat(subject.getPrincipals()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"required", "requisite", "sufficient", "optional"})
    void whatIsNoTicketIsTheNextModulesUnderEveryFlag(String flag) throws Exception {
        Entry entry = new Entry().ours(flag).password("required");

        LoginContext right = entry.context(subject, Entry.form("alice", "right"));
        right.login();
        assertThat(subject.getPrincipals()).containsExactly(new GroupPrincipal("password"));
        right.logout();
        assertThat(subject.getPrincipals()).isEmpty();

        assertThatThrownBy(() ->
                        entry.context(subject, Entry.form("alice", "wrong")).login())
                .isInstanceOf(FailedLoginException.class)
                .hasMessage("wrong password");
    }

    /** What LoginContext does between a module of ours and the next one, by flag: why a stack needs a guard. */
    @ParameterizedTest
    @CsvSource({"required,   true, true", "requisite,  true, false", "sufficient, false, true", "optional,   true, true"
    })
    void withoutAGuardATicketReachesTheNextModuleInOneCaseOrTheOther(String flag, boolean ifGood, boolean ifBad) {
        Entry entry = new Entry().ours(flag).password("required");
        String good = engine.ticket(ALICE);

        attempt(entry, "alice", good);
        assertThat(PasswordModule.SEEN.contains("tried " + good)).isEqualTo(ifGood);
        PasswordModule.SEEN.clear();
        attempt(entry, "alice", good);
        assertThat(PasswordModule.SEEN.contains("tried " + good)).isEqualTo(ifBad);
        assertThat(subject.getPrincipals().contains(new GroupPrincipal("password")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"required", "requisite", "sufficient", "optional"})
    void behindTheGuardNoTicketEverReachesTheNextModule(String flagOfTheNext) throws Exception {
        Entry entry = new Entry()
                .ours("sufficient")
                .ours("requisite", Map.of("guard", "true"))
                .line(PasswordModule.class, flagOfTheNext, Map.of("succeeds", "always"));
        String ticket = engine.ticket(ALICE);

        assertThat(attempt(entry, "bob", ticket)).isFalse();
        assertThat(attempt(entry, "alice", ticket)).as("spent").isFalse();
        assertThat(attempt(entry, "alice", "pkt1.")).isFalse();
        assertThat(attempt(entry, "alice", "pkt1.right")).isFalse();
        assertThat(subject.getPrincipals()).isEmpty();
        assertThat(PasswordModule.SEEN).noneMatch(seen -> seen.startsWith("tried"));

        assertThat(attempt(entry, "alice", engine.ticket(ALICE))).isTrue();
        assertThat(subject.getPrincipals()).isEqualTo(ALICE_AND_STAFF);
        assertThat(PasswordModule.SEEN).noneMatch(seen -> seen.startsWith("tried"));

        subject.getPrincipals().clear();
        assertThat(attempt(entry, "alice", "right")).isTrue();
        assertThat(subject.getPrincipals()).containsExactly(new GroupPrincipal("password"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"required", "requisite", "sufficient", "optional"})
    void aDelegateIsAskedAboutPasswordsAndNeverAboutTickets(String flag) throws Exception {
        Entry entry = new Entry().ours(flag, DELEGATE);
        String ticket = engine.ticket(ALICE);

        assertThat(attempt(entry, "bob", ticket)).isFalse();
        assertThat(attempt(entry, "bob", ticket)).isFalse();
        assertThat(attempt(entry, "bob", "pkt1.right")).isFalse();
        assertThat(attempt(entry, "alice", engine.ticket(ALICE))).isTrue();
        assertThat(subject.getPrincipals()).isEqualTo(ALICE_AND_STAFF);
        assertThat(PasswordModule.SEEN)
                .contains("initialize {url=jdbc:app}")
                .noneMatch(seen -> !seen.startsWith("initialize"));

        subject.getPrincipals().clear();
        LoginContext context = entry.context(subject, Entry.form("alice", "right"));
        PasswordModule.SEEN.clear();
        context.login();
        assertThat(subject.getPrincipals()).containsExactly(new GroupPrincipal("password"));
        context.logout();
        assertThat(subject.getPrincipals()).isEmpty();
        assertThat(PasswordModule.SEEN).containsExactly("initialize {url=jdbc:app}", "tried right", "commit", "logout");

        PasswordModule.SEEN.clear();
        assertThat(attempt(entry, "alice", "wrong")).isFalse();
        assertThat(PasswordModule.SEEN).containsExactly("initialize {url=jdbc:app}", "tried wrong", "abort");
    }

    @Test
    void t92_whereAnotherRequiredModuleFailsNothingIsLeft() {
        Entry entry = new Entry().ours("required").password("required");

        assertThat(attempt(entry, "alice", engine.ticket(ALICE))).isFalse();
        assertThat(subject.getPrincipals()).isEmpty();
    }

    @Test
    void t92_whereTheTicketIsRefusedNothingIsLeftThoughCommitIsCalled() throws Exception {
        PasskeyLoginModule module = module(Entry.form("alice", "pkt1.forged"), Map.of());

        assertThatThrownBy(module::login).isInstanceOf(FailedLoginException.class);
        assertThat(module.commit()).isFalse();
        assertThat(module.abort()).isFalse();
        assertThat(module.logout()).isTrue();
        assertThat(subject.getPrincipals()).isEmpty();
    }

    @Test
    void t92_nothingIsInTheSubjectBeforeCommitNorAfterAbort() throws Exception {
        PasskeyLoginModule module = module(Entry.form("alice", engine.ticket(ALICE)), Map.of());

        assertThat(module.login()).isTrue();
        assertThat(subject.getPrincipals()).isEmpty();
        assertThat(module.abort()).isTrue();
        assertThat(module.commit()).as("aborted").isFalse();
        assertThat(subject.getPrincipals()).isEmpty();
    }

    @Test
    void t92_abortAfterCommitTakesThePrincipalsOut() throws Exception {
        PasskeyLoginModule module = module(Entry.form("alice", engine.ticket(ALICE)), Map.of());
        module.login();
        module.commit();
        assertThat(subject.getPrincipals()).isEqualTo(ALICE_AND_STAFF);

        assertThat(module.abort()).isTrue();
        assertThat(subject.getPrincipals()).isEmpty();
    }

    @Test
    void t92_aReadOnlySubjectIsSaidAndNothingOfTheLogonIsLeft() throws Exception {
        PasskeyLoginModule module = module(Entry.form("alice", engine.ticket(ALICE)), Map.of());
        module.login();
        subject.setReadOnly();

        assertThatThrownBy(module::commit).isInstanceOf(LoginException.class).hasMessageContaining("read-only");
        assertThat(module.commit()).isFalse();
        assertThat(module.abort()).isFalse();
        assertThat(module.logout()).isTrue();
        assertThat(subject.getPrincipals()).isEmpty();
    }

    @Test
    void t92_whatWasInTheSubjectBeforeStaysThere() throws Exception {
        subject.getPrincipals().add(new GroupPrincipal("staff"));
        LoginContext context = new Entry().ours("required").context(subject, Entry.form("alice", engine.ticket(ALICE)));

        context.login();
        context.logout();

        assertThat(subject.getPrincipals()).containsExactly(new GroupPrincipal("staff"));
    }

    @Test
    void t92_oneInstanceForgetsOneLogonBeforeTheNext() throws Exception {
        String[] password = {engine.ticket(ALICE)};
        CallbackHandler form = callbacks -> Entry.form("alice", password[0]).handle(callbacks);
        PasskeyLoginModule module = module(form, Map.of());
        assertThat(module.login()).isTrue();

        password[0] = "no ticket";
        assertThat(module.login()).isFalse();
        assertThat(module.commit()).isFalse();
        assertThat(subject.getPrincipals()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"bob, alice", "alice, bob"})
    void t93_aTicketIsNobodysWhereAnEarlierModuleFoundAnotherUser(String shared, String typed) {
        Entry entry = new Entry()
                .line(SharingModule.class, "required", Map.of("name", shared))
                .ours("required");
        String ticket = engine.ticket(ALICE);

        assertThat(attempt(entry, typed, ticket)).isFalse();
        assertThat(subject.getPrincipals()).isEmpty();
        assertThat(engine.redeem("alice", ticket)).as("spent").isEqualTo(new Rejected(Rejection.CEREMONY_UNKNOWN));
    }

    @Test
    void t93_theSameUserInTheSharedStateIsFine() {
        Entry entry = new Entry()
                .line(SharingModule.class, "required", Map.of("name", "alice"))
                .ours("required");

        assertThat(attempt(entry, "alice", engine.ticket(ALICE))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "useFirstPass", "tryFirstPass"})
    void t93_aTicketNeverStaysInTheSharedState(String option) {
        String ticket = engine.ticket(ALICE);
        Entry entry = new Entry()
                .line(SharingModule.class, "required", Map.of("name", "alice", "password", ticket))
                .ours("required", option.equals("none") ? Map.of() : Map.of(option, "true"))
                .line(SharingModule.class, "optional", Map.of());

        assertThat(attempt(entry, "alice", ticket)).isTrue();
        assertThat(SharingModule.SEEN).containsOnlyKeys("javax.security.auth.login.name");
        assertThat(attempt(entry, "alice", ticket)).as("spent").isFalse();
        assertThat(SharingModule.SEEN).containsOnlyKeys("javax.security.auth.login.name");
    }

    @Test
    void t93_aPasswordInTheSharedStateIsLeftToTheNextModuleAndNoneIsPutThere() {
        Entry sharing = new Entry()
                .line(SharingModule.class, "required", Map.of("name", "alice", "password", "right"))
                .ours("required", Map.of("useFirstPass", "true"))
                .line(SharingModule.class, "required", Map.of());
        assertThat(attempt(sharing, "alice", "ignored")).isTrue();
        assertThat((char[]) SharingModule.SEEN.get("javax.security.auth.login.password"))
                .isEqualTo("right".toCharArray());

        Entry typing = new Entry().ours("required").line(SharingModule.class, "required", Map.of());
        assertThat(attempt(typing, "alice", "right")).isTrue();
        assertThat(SharingModule.SEEN).isEmpty();
        assertThat(attempt(typing, "alice", engine.ticket(ALICE))).isTrue();
        assertThat(SharingModule.SEEN).isEmpty();
    }

    @Test
    void withUseFirstPassNobodyIsAsked() throws Exception {
        CallbackHandler nobody = callbacks -> {
            throw new AssertionError("asked");
        };
        Map<String, String> shared = Map.of("name", "alice", "password", engine.ticket(ALICE));
        Entry entry = new Entry()
                .line(SharingModule.class, "required", shared)
                .ours("required", Map.of("useFirstPass", "true"));

        entry.context(subject, nobody).login();

        assertThat(subject.getPrincipals()).isEqualTo(ALICE_AND_STAFF);
    }

    @Test
    void withTryFirstPassTheCallbacksAreAskedWhereNothingIsShared() {
        Entry entry = new Entry().ours("required", Map.of("tryFirstPass", "true"));

        assertThat(attempt(entry, "alice", engine.ticket(ALICE))).isTrue();
    }

    @Test
    void whatWasAskedForIsWiped() throws Exception {
        char[][] given = new char[1][];
        CallbackHandler form = callbacks -> {
            Entry.form("alice", "a password").handle(callbacks);
            given[0] = password(callbacks);
        };
        PasskeyLoginModule module = module(form, Map.of());
        PasswordCallback[] asked = new PasswordCallback[1];
        CallbackHandler watching = callbacks -> {
            form.handle(callbacks);
            asked[0] = (PasswordCallback) callbacks[1];
        };
        module.initialize(subject, watching, Map.of(), Map.of());

        assertThat(module.login()).isFalse();
        assertThat(new String(given[0])).isEqualTo("a password");
        char[] left = asked[0].getPassword();
        assertThat(left == null || new String(left).isBlank()).isTrue();
    }

    private static char[] password(Callback[] callbacks) {
        return ((PasswordCallback) callbacks[1]).getPassword();
    }

    @Test
    void aLogonWithoutNameAndPasswordIsNotForUs() throws Exception {
        CallbackHandler certificate = callbacks -> {
            throw new UnsupportedCallbackException(callbacks[0]);
        };
        assertThat(module(certificate, Map.of()).login()).isFalse();
        assertThat(module(callbacks -> {}, Map.of()).login()).isFalse();
        PasskeyLoginModule none = new PasskeyLoginModule();
        none.initialize(subject, null, Map.of(), Map.of());
        assertThat(none.login()).isFalse();
    }

    @Test
    void onPayaraNameAndPasswordComeAsACredential() throws Exception {
        subject.getPrivateCredentials().add(new PasswordCredential("alice", engine.ticket(ALICE)));
        LoginContext context = new Entry().ours("required").context(subject, callbacks -> {});

        context.login();
        assertThat(subject.getPrincipals()).isEqualTo(ALICE_AND_STAFF);
    }

    @Test
    void principalsAreOfTheClassesThatTheServerKnows() {
        Entry entry = new Entry()
                .ours(
                        "required",
                        Map.of(
                                "userClass",
                                "javax.security.auth.x500.X500Principal",
                                "roleClass",
                                Role.class.getName()));
        String ticket = engine.ticket(ALICE);

        assertThat(attempt(entry, "alice", ticket)).as("alice is no X.500 name").isFalse();
        assertThat(subject.getPrincipals()).isEmpty();

        Entry fit = new Entry().ours("required", Map.of("roleClass", Role.class.getName()));
        assertThat(attempt(fit, "alice", engine.ticket(ALICE))).isTrue();
        assertThat(subject.getPrincipals()).isEqualTo(Set.of(new CallerPrincipal("alice"), new Role("staff")));
    }

    /** A role as a server has it. */
    public record Role(String name) implements Principal {
        @Override
        public String getName() {
            return name;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "aplication, /app, no option aplication",
        "debug, true, no option debug",
        "application, app, write the context path",
        "userClass, ' ', userClass is empty",
        "guard, yes, write true or false",
        "useFirstPass, 1, write true or false",
        "delegate, com.example.Missing, com.example.Missing",
        "delegate, java.lang.String, java.lang.String",
        "delegate.url, jdbc:app, but not delegate",
        "userClass, com.example.Missing, com.example.Missing",
        "roleClass, java.lang.String, java.lang.String"
    })
    void aWrongOptionRefusesEveryTicketAndIsNamed(String name, String value, String said) {
        Entry entry = new Entry().ours("required", Map.of(name, value));

        assertThatThrownBy(() -> entry.context(subject, Entry.form("alice", engine.ticket(ALICE)))
                        .login())
                .isInstanceOf(LoginException.class)
                .hasMessageContaining(said);
        assertThat(subject.getPrincipals()).isEmpty();
    }

    @Test
    void guardAndDelegateExcludeEachOther() {
        Entry entry = new Entry().ours("required", Map.of("guard", "true", "delegate", PasswordModule.class.getName()));

        assertThatThrownBy(() ->
                        entry.context(subject, Entry.form("alice", "right")).login())
                .hasMessageContaining("exclude each other");
        assertThat(PasswordModule.SEEN).isEmpty();
    }

    @Test
    void aDirectoryThatIsDownRefusesAndTheTicketIsGone() {
        String ticket = engine.ticket(BOB);
        Entry entry = new Entry().ours("required");
        engine.breakAccounts(true);
        try {
            assertThatThrownBy(() ->
                            entry.context(subject, Entry.form("bob", ticket)).login())
                    .isInstanceOf(LoginException.class)
                    .hasMessage("the logon cannot be decided now");
        } finally {
            engine.breakAccounts(false);
        }
        assertThat(attempt(entry, "bob", ticket)).isFalse();
        assertThat(subject.getPrincipals()).isEmpty();
    }

    @Test
    void theModuleSaysNothingOfWhyATicketWasRefused() {
        Entry entry = new Entry().ours("required");
        String spent = engine.ticket(ALICE);
        attempt(entry, "alice", spent);

        for (String ticket : List.of(spent, engine.ticket(ALICE), "pkt1.forged")) {
            assertThatThrownBy(() ->
                            entry.context(subject, Entry.form("bob", ticket)).login())
                    .isExactlyInstanceOf(FailedLoginException.class)
                    .hasMessage("the logon was refused")
                    .hasNoCause();
        }
    }

    private boolean attempt(Entry entry, String name, String password) {
        try {
            entry.context(subject, Entry.form(name, password)).login();
            return true;
        } catch (LoginException refused) {
            return false;
        }
    }

    private PasskeyLoginModule module(CallbackHandler form, Map<String, ?> options) {
        PasskeyLoginModule module = new PasskeyLoginModule();
        module.initialize(subject, form, Map.of(), options);
        return module;
    }
}
