package org.passkeygraft.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.passkeygraft.Account;
import org.passkeygraft.Client;
import org.passkeygraft.LogonRequest;
import org.passkeygraft.accounts.ConfiguredAccounts;
import org.passkeygraft.example.StaffAccounts.Person;

class OwnAccountsDocumentTest {
    private static final Pattern CODE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Test
    void theExampleInTheDocumentIsTheOneThatIsCompiledHere() throws IOException {
        String document = Files.readString(Path.of("../docs/own-accounts.md"));
        String example =
                CODE.matcher(document).results().findFirst().orElseThrow().group(1);

        assertThat(example)
                .isEqualTo(Files.readString(Path.of("src/test/java/org/passkeygraft/example/StaffAccounts.java")));
        assertThat(document).contains(StaffAccounts.class.getName() + "\n```");
    }

    @Test
    void theExampleDoesWhatTheDocumentSays() {
        Map<String, Person> staff = new HashMap<>();
        staff.put("7", new Person("Alice", "s3cret", true, Set.of("user")));
        Account alice = new Account("Alice", "7");
        try (ConfiguredAccounts accounts =
                ConfiguredAccounts.of(new StaffAccounts(staff).accounts().orElseThrow())) {
            assertThat(accounts.verify(password("alice", "s3cret")).passed()).contains(alice);
            assertThat(accounts.verify(password("alice", "S3cret")).passed()).isEmpty();
            assertThat(accounts.verify(password("nobody", "s3cret")).passed()).isEmpty();

            staff.put("7", new Person("Alicia", "s3cret", false, Set.of("user")));
            assertThat(accounts.directory().find("7")).hasValueSatisfying(entry -> {
                assertThat(entry.account()).isEqualTo(new Account("Alicia", "7"));
                assertThat(entry.usable()).isFalse();
            });
            staff.clear();
            assertThat(accounts.directory().find("7")).isEmpty();
        }
    }

    private static LogonRequest.Password password(String name, String password) {
        return new LogonRequest.Password(name, password.toCharArray(), new Client("192.0.2.7", "test"));
    }
}
