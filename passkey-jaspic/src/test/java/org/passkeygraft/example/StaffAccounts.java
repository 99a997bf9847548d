package org.passkeygraft.example;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.passkeygraft.Account;
import org.passkeygraft.spi.CallerDirectory;
import org.passkeygraft.spi.PasskeyExtension;
import org.passkeygraft.spi.PasswordVerifier;

/** Brings the accounts of a service of the application's own. */
public final class StaffAccounts implements PasskeyExtension, PasswordVerifier, CallerDirectory {
    /** Stands for your service: by key, what it knows of a person now. */
    private final Map<String, Person> staff;

    /** For the ServiceLoader. */
    public StaffAccounts() {
        this(Map.of("7", new Person("Alice", "s3cret", true, Set.of("user"))));
    }

    StaffAccounts(Map<String, Person> staff) {
        this.staff = staff;
    }

    @Override
    public Optional<Accounts> accounts() {
        return Optional.of(new Accounts(this, this));
    }

    /** The password fallback: your service's own check. */
    @Override
    public Optional<Account> verify(String username, char[] password) {
        return resolve(username).filter(account -> person(account.key()).hasPassword(password));
    }

    /** At each logon by passkey, and once a minute while the session lives. */
    @Override
    public Optional<Entry> find(String accountKey) {
        return Optional.ofNullable(staff.get(accountKey))
                .map(person -> new Entry(new Account(person.name(), accountKey), person.active(), person.groups()));
    }

    /** The name as your service stores it, and a key that stays when the name changes. */
    @Override
    public Optional<Account> resolve(String username) {
        return staff.entrySet().stream()
                .filter(entry -> entry.getValue().name().equalsIgnoreCase(username))
                .map(entry -> new Account(entry.getValue().name(), entry.getKey()))
                .findFirst();
    }

    private Person person(String key) {
        return Optional.ofNullable(staff.get(key)).orElseThrow();
    }

    /** What your service answers. */
    record Person(String name, String password, boolean active, Set<String> groups) {
        boolean hasPassword(char[] typed) {
            return password.contentEquals(new String(typed));
        }
    }
}
