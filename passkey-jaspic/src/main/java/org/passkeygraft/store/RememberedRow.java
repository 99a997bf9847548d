package org.passkeygraft.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

@Entity(name = "PasskeyRememberedAccount")
@Table(name = "passkey_remembered_account")
@NamedQuery(name = RememberedRow.BY_KEY, query = "select r from PasskeyRememberedAccount r where r.accountKey = :key")
@NamedQuery(
        name = RememberedRow.REPLACE,
        query =
                "update PasskeyRememberedAccount r set r.groups = :groups, r.rememberedAt = :now where r.accountKey = :key")
final class RememberedRow {
    static final String BY_KEY = "passkey.remembered.by-key";
    static final String REPLACE = "passkey.remembered.replace";
    static final int MOST_TEXT = 32_000;
    private static final String SEPARATOR = "\n";

    @Id
    @Column(name = "account_key", nullable = false, length = 255)
    private String accountKey = "";

    @Column(name = "account_groups", nullable = false, length = MOST_TEXT)
    private String groups = "";

    @Column(name = "remembered_at", nullable = false)
    private Instant rememberedAt = Instant.EPOCH;

    /** For the persistence provider. */
    RememberedRow() {}

    RememberedRow(String accountKey, String groups, Instant rememberedAt) {
        this.accountKey = accountKey;
        this.groups = groups;
        this.rememberedAt = rememberedAt;
    }

    /**
     * The groups as one text.
     *
     * @throws IllegalArgumentException if a name is blank or has a line break or a NUL, or all are too long together
     */
    static String text(Set<String> groups) {
        boolean strange = groups.stream()
                .anyMatch(group -> group.isBlank() || group.chars().anyMatch(character -> character < ' '));
        String text = new TreeSet<>(groups).stream().collect(Collectors.joining(SEPARATOR));
        if (strange || text.length() > MOST_TEXT) {
            throw new IllegalArgumentException("groups are words without control characters, all together at most "
                    + MOST_TEXT + " characters long");
        }
        return text;
    }

    String accountKey() {
        return accountKey;
    }

    RememberedAccount toAccount() {
        Set<String> names = groups.isEmpty() ? Set.of() : Set.of(groups.split(SEPARATOR, -1));
        return new RememberedAccount(accountKey, names, rememberedAt);
    }
}
