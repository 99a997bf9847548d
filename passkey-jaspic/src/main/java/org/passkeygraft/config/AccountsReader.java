package org.passkeygraft.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.passkeygraft.config.PasskeyConfiguration.Accounts;
import org.passkeygraft.config.PasskeyConfiguration.LdapGroups;
import org.passkeygraft.config.PasskeyConfiguration.LdapQueries;
import org.passkeygraft.config.PasskeyConfiguration.Secret;

/** Reads the kinds of accounts that are not in a database. */
final class AccountsReader {
    private final Reading reading;

    AccountsReader(Reading reading) {
        this.reading = reading;
    }

    Accounts file() {
        return new Accounts.File(
                reading.require(Keys.FILE_PATH, "write the absolute path of the file with users, passwords and roles"),
                reading.value(Keys.FILE_PASSWORD_FORMAT),
                reading.find(Keys.FILE_HASHES_AT_ONCE).orElseGet(AccountsReader::halfTheProcessors));
    }

    static int halfTheProcessors() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }

    Accounts ldap() {
        List<String> urls =
                reading.require(Keys.LDAP_URL, "write the URL of the directory, such as ldaps://ldap.example.org");
        boolean startTls = reading.value(Keys.LDAP_START_TLS);
        if (startTls && urls.stream().anyMatch(url -> url.startsWith("ldaps:"))) {
            reading.refuse(Keys.LDAP_START_TLS, "an ldaps connection is encrypted from its beginning: leave it out");
        }
        Optional<String> user = reading.find(Keys.LDAP_USER);
        Optional<Secret> password =
                reading.find(Keys.LDAP_PASSWORD).filter(secret -> !secret.text().isEmpty());
        if (user.isPresent() != password.isPresent()) {
            // A name without a password makes an unauthenticated bind (RFC 4513, section 5.1.2), which fails only
            // later.
            reading.refuse(
                    user.isPresent() ? Keys.LDAP_PASSWORD : Keys.LDAP_USER,
                    "write both user and password, or neither for an anonymous search");
        }
        return new Accounts.Ldap(urls, user.orElse(""), password.orElse(new Secret("")), startTls, queries());
    }

    private LdapQueries queries() {
        return new LdapQueries(
                reading.require(Keys.LDAP_BASE, "write the DN below which the accounts are"),
                reading.value(Keys.LDAP_FILTER),
                reading.value(Keys.LDAP_NAME_ATTRIBUTE),
                reading.find(Keys.LDAP_KEY_ATTRIBUTE).orElse(""),
                reading.find(Keys.LDAP_USABLE_FILTER).orElse(""),
                groups());
    }

    private LdapGroups groups() {
        Optional<String> attribute = reading.find(Keys.LDAP_GROUPS_ATTRIBUTE);
        Optional<String> base = reading.find(Keys.LDAP_GROUPS_BASE);
        if (attribute.isEmpty() && base.isEmpty()) {
            reading.refuse(
                    Keys.LDAP_GROUPS_BASE,
                    "say where the groups are: groups.base, or an attribute of the account by groups.attribute");
        }
        return attribute
                .<LdapGroups>map(name -> new LdapGroups.Attribute(name, base.orElse("")))
                .orElseGet(() -> new LdapGroups.Entries(
                        base.orElse(Keys.LDAP_GROUPS_BASE.example()),
                        reading.value(Keys.LDAP_GROUPS_FILTER),
                        reading.value(Keys.LDAP_GROUPS_NAME_ATTRIBUTE)));
    }

    Accounts jaas() {
        String entry = reading.require(Keys.JAAS_ENTRY, "write the name of the entry in the login configuration");
        Set<String> roles = reading.require(
                Keys.JAAS_ROLE_CLASSES, "write the classes of the principals that the entry's modules give for roles");
        return new Accounts.Jaas(
                entry,
                reading.find(Keys.JAAS_FILE).orElse(null),
                reading.find(Keys.JAAS_USER_CLASSES).orElse(Set.of()),
                roles,
                maximumAge());
    }

    Accounts container() {
        return new Accounts.Container(maximumAge());
    }

    private Duration maximumAge() {
        return reading.require(
                Keys.REMEMBERED_MAXIMUM_AGE,
                "write how long after a password logon the account's passkeys go on working, such as 12h, at most 7d:"
                        + " these accounts tell of a lock only when the password is asked");
    }

    /** A limit that nothing heeds would be a false comfort. */
    void refuseUselessAge(Accounts accounts) {
        if (accounts.remembered().isEmpty() && reading.isSet(Keys.REMEMBERED_MAXIMUM_AGE)) {
            reading.refuse(
                    Keys.REMEMBERED_MAXIMUM_AGE,
                    "only kinds jaas and container remember: these accounts are asked at every logon, leave it out");
        }
    }
}
