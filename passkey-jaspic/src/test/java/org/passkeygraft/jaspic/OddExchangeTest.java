package org.passkeygraft.jaspic;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.security.auth.message.MessageInfo;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.security.auth.Subject;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.passkeygraft.config.PasskeyConfiguration;
import org.passkeygraft.config.Settings;
import org.passkeygraft.engine.PasskeyRuntime;

/** What containers hand to the module beside the specification, as Open Liberty does. */
final class OddExchangeTest {
    private final List<String> calls = new ArrayList<>();

    @Test
    void t87_logoutEndsTheSessionWhenTheSubjectIsReadOnly(@TempDir Path directory) throws Exception {
        try (PasskeyRuntime runtime = runtime(directory)) {
            PasskeyServerAuthModule module = new PasskeyServerAuthModule(
                    runtime, (info, subject) -> new MessageExchange(info, subject, callbacks -> {}));
            Subject readOnly = subjectOfAlice();
            readOnly.setReadOnly();

            module.cleanSubject(logout(), readOnly);
            module.cleanSubject(logout(), null);
            assertThat(calls).containsExactly("invalidate", "invalidate");

            Subject alice = subjectOfAlice();
            module.cleanSubject(logout(), alice);
            assertThat(alice.getPrincipals()).isEmpty();
        }
    }

    @Test
    void exchangeIsMandatoryWhenTheContainerGivesNoMap() {
        MessageInfo silent = of(MessageInfo.class, "getMap", null);
        MessageInfo open = of(MessageInfo.class, "getMap", Map.of());

        assertThat(new MessageExchange(silent, new Subject(), callbacks -> {}).isMandatory())
                .isTrue();
        assertThat(new MessageExchange(open, new Subject(), callbacks -> {}).isMandatory())
                .isFalse();
    }

    private static Subject subjectOfAlice() {
        Subject subject = new Subject();
        subject.getPrincipals().add(new X500Principal("CN=alice"));
        return subject;
    }

    private MessageInfo logout() {
        HttpSession session = of(HttpSession.class, "getAttribute", null);
        HttpServletRequest request = of(HttpServletRequest.class, "getSession", session);
        return of(MessageInfo.class, "getRequestMessage", request);
    }

    /** Answers one method and notes the end of a session. */
    private <T> T of(Class<T> type, String answered, @Nullable Object answer) {
        return type.cast(Proxy.newProxyInstance(
                OddExchangeTest.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().equals("invalidate")) {
                        calls.add("invalidate");
                    }
                    return method.getName().equals(answered) ? answer : null;
                }));
    }

    private static PasskeyRuntime runtime(Path directory) throws Exception {
        Path accounts = Files.writeString(directory.resolve("accounts"), "alice: secret,user\n");
        return PasskeyRuntime.open(
                PasskeyConfiguration.load(new Settings(
                        name -> null,
                        Map.of(),
                        Map.of(),
                        Map.of(
                                "passkey.rp.id", "localhost",
                                "passkey.rp.origins", "http://localhost:8080",
                                "passkey.store.url", "jdbc:h2:mem:exchange;DB_CLOSE_DELAY=-1",
                                "passkey.accounts.kind", "file",
                                "passkey.accounts.file.password-format", "plain",
                                "passkey.accounts.file.path", accounts.toString(),
                                "passkey.door", "module"),
                        "/odd")),
                "/odd",
                Objects.requireNonNull(OddExchangeTest.class.getClassLoader()));
    }
}
