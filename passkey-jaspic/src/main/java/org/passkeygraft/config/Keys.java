package org.passkeygraft.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.passkeygraft.config.Messaging.Tls;
import org.passkeygraft.config.PasskeyConfiguration.Basic;
import org.passkeygraft.config.PasskeyConfiguration.Caching;
import org.passkeygraft.config.PasskeyConfiguration.Door;
import org.passkeygraft.config.PasskeyConfiguration.Entrance;
import org.passkeygraft.config.PasskeyConfiguration.LdapQueries;
import org.passkeygraft.config.PasskeyConfiguration.Queries;
import org.passkeygraft.config.PasskeyConfiguration.Secret;
import org.passkeygraft.policy.BackupUse;
import org.passkeygraft.policy.PasswordRule;
import org.passkeygraft.policy.SecondFactorRule;

/** Every key there is, in the order of {@code docs/configuration.md}. */
final class Keys {
    static final Key<String> RP_ID = Key.withoutDefault("passkey.rp.id", "example.org", WebParser::domain);
    static final Key<String> RP_NAME = Key.withoutDefault("passkey.rp.name", "Example Intranet", Parser.text(64));
    static final Key<Set<String>> RP_ORIGINS = Key.withoutDefault(
            "passkey.rp.origins", "https://www.example.org", Parser.setOf(WebParser::ceremonyOrigin));
    static final Key<String> RP_APPID =
            Key.withoutDefault("passkey.rp.appid", "https://www.example.org/app-id.json", WebParser::appId);
    static final Key<Set<String>> HTTP_ORIGINS =
            Key.withoutDefault("passkey.http.origins", "https://www.example.org", Parser.setOf(WebParser::origin));
    static final Key<String> PUBLIC_PATH =
            Key.withoutDefault("passkey.http.public-path", "/portal/app", WebParser::publicPath);
    static final Key<String> APPLICATION_ID =
            Key.withoutDefault("passkey.application-id", "intranet", Parser.text(100));

    static final Key<Door> DOOR = Key.withDefault("passkey.door", "auto", "module", Parser.constant(Door.class));
    static final Key<String> PROTECT_PATTERN =
            Key.withoutDefault("passkey.protect.<n>.pattern", "/secret/*", PatternParser::pattern);
    static final Key<Set<String>> PROTECT_METHODS =
            Key.withoutDefault("passkey.protect.<n>.methods", "GET, POST", Parser.setOf(PatternParser::method));
    static final Key<Set<String>> PROTECT_ROLES =
            Key.withDefault("passkey.protect.<n>.roles", "**", "clerk, head of office", PatternParser::roles);
    static final Key<Boolean> PROTECT_PUBLIC =
            Key.withDefault("passkey.protect.<n>.public", "false", "true", Parser.flag());
    static final Key<Duration> PROTECT_CONFIRMATION = Key.withoutDefault(
            "passkey.protect.<n>.confirmation", "5m", Parser.duration(Duration.ofSeconds(1), Duration.ofHours(1)));
    static final Key<SecondFactorRule> PROTECT_SECOND_FACTOR = Key.withDefault(
            "passkey.protect.<n>.second-factor",
            "off",
            "required",
            Parser.labelled(SecondFactorRule.values(), SecondFactorRule::label));
    static final Key<Boolean> FILTER =
            Key.withDefault("passkey.filter", "auto", "off", Parser.oneOf(Map.of("auto", true, "off", false)));
    static final Key<Basic> BASIC = Key.withDefault("passkey.http.basic", "auto", "off", Parser.constant(Basic.class));
    static final Key<Caching> CACHE = Key.withDefault(
            "passkey.http.cache", "private", "no-store", Parser.labelled(Caching.values(), Caching::label));
    static final Key<String> LOGON_PAGE =
            Key.withDefault("passkey.logon-page", Entrance.OWN_LOGON_PAGE, "/login.jsp", WebParser::path);
    static final Key<String> LOGON_ERROR_PAGE =
            Key.withoutDefault("passkey.logon-error-page", "/login-error.jsp", WebParser::path);
    static final Key<String> START_PAGE = Key.withDefault("passkey.start-page", "/", "/index.jsp", WebParser::path);
    static final Key<String> LOGOUT_TARGET =
            Key.withDefault("passkey.logout-target", "/", "/goodbye.jsp", WebParser::path);
    static final Key<URI> FORGOTTEN_PASSWORD =
            Key.withoutDefault("passkey.forgotten-password", "/forgotten.jsp", WebParser::page);
    static final Key<List<String>> ARM_PAGES = Key.withDefault(
            "passkey.arm.pages", "", "/login.jsp, /login-error.jsp", Parser.listOf(WebParser::barePath));

    static final Key<AccountsKind> ACCOUNTS_KIND =
            Key.withDefault("passkey.accounts.kind", "sql", "extension", Parser.constant(AccountsKind.class));
    static final Key<String> ACCOUNTS_JNDI =
            Key.withoutDefault("passkey.accounts.jndi", "java:comp/env/jdbc/app", DatabaseParser::jndi);
    static final Key<String> ACCOUNTS_URL =
            Key.secret("passkey.accounts.url", "jdbc:postgresql://db.example.org/app", DatabaseParser::url);
    static final Key<String> ACCOUNTS_USER =
            Key.withoutDefault("passkey.accounts.user", "app_reader", Parser.text(200));
    static final Key<Secret> ACCOUNTS_PASSWORD = Key.secret("passkey.accounts.password", "********", Secret::new);
    static final Key<String> BY_NAME = Key.withoutDefault(
            Queries.BY_NAME,
            "select id as account_key, login as account_name, password_hash, enabled as usable from app_user"
                    + " where login = :name",
            Parser.query());
    static final Key<String> BY_KEY = Key.withoutDefault(
            Queries.BY_KEY,
            "select id as account_key, login as account_name, enabled as usable from app_user"
                    + " where id = cast(:key as bigint)",
            Parser.query());
    static final Key<String> GROUPS =
            Key.withoutDefault(Queries.GROUPS, "select role from app_user_role where login = :name", Parser.query());
    static final Key<String> PASSWORD_FORMAT = Key.withDefault(
            "passkey.accounts.sql.password-format",
            "auto",
            "sha256-hex",
            Parser.oneOf(Map.of(
                    "auto", "auto",
                    "md5-hex", "md5-hex",
                    "sha1-hex", "sha1-hex",
                    "sha256-hex", "sha256-hex",
                    "sha512-hex", "sha512-hex")));
    static final Key<Integer> HASHES_AT_ONCE =
            Key.withoutDefault("passkey.accounts.sql.hashes-at-once", "2", Parser.number(1, 1000));

    static final Key<Path> FILE_PATH =
            Key.withoutDefault("passkey.accounts.file.path", "/etc/intranet/realm.properties", AccountsParser::file);
    static final Key<String> FILE_PASSWORD_FORMAT = Key.withDefault(
            "passkey.accounts.file.password-format",
            "auto",
            "plain",
            Parser.oneOf(Map.of(
                    "auto", "auto",
                    "plain", "plain",
                    "md5-hex", "md5-hex",
                    "sha1-hex", "sha1-hex",
                    "sha256-hex", "sha256-hex",
                    "sha512-hex", "sha512-hex")));
    static final Key<Integer> FILE_HASHES_AT_ONCE =
            Key.withoutDefault("passkey.accounts.file.hashes-at-once", "2", Parser.number(1, 1000));

    static final Key<List<String>> LDAP_URL = Key.withoutDefault(
            "passkey.accounts.ldap.url",
            "ldaps://ldap1.example.org, ldaps://ldap2.example.org",
            Parser.listOf(AccountsParser::ldapUrl));
    static final Key<String> LDAP_USER = Key.withoutDefault(
            "passkey.accounts.ldap.user", "cn=intranet,ou=services,dc=example,dc=org", Parser.text(1000));
    static final Key<Secret> LDAP_PASSWORD = Key.secret("passkey.accounts.ldap.password", "********", Secret::new);
    static final Key<Boolean> LDAP_START_TLS =
            Key.withDefault("passkey.accounts.ldap.start-tls", "false", "true", Parser.flag());
    static final Key<String> LDAP_BASE =
            Key.withoutDefault(LdapQueries.BASE, "ou=people,dc=example,dc=org", AccountsParser::distinguishedName);
    static final Key<String> LDAP_FILTER = Key.withDefault(
            LdapQueries.FILTER, "(uid={0})", "(&(objectClass=person)(uid={0}))", AccountsParser::accountFilter);
    static final Key<String> LDAP_NAME_ATTRIBUTE =
            Key.withDefault("passkey.accounts.ldap.name-attribute", "uid", "sAMAccountName", AccountsParser::attribute);
    static final Key<String> LDAP_KEY_ATTRIBUTE =
            Key.withoutDefault("passkey.accounts.ldap.key-attribute", "entryUUID", AccountsParser::attribute);
    static final Key<String> LDAP_USABLE_FILTER =
            Key.withoutDefault(LdapQueries.USABLE_FILTER, "(!(pwdAccountLockedTime=*))", AccountsParser::filter);
    static final Key<String> LDAP_GROUPS_BASE = Key.withoutDefault(
            LdapQueries.GROUPS_BASE, "ou=groups,dc=example,dc=org", AccountsParser::distinguishedName);
    static final Key<String> LDAP_GROUPS_FILTER = Key.withDefault(
            LdapQueries.GROUPS_FILTER, "(member={dn})", "(memberUid={name})", AccountsParser::groupFilter);
    static final Key<String> LDAP_GROUPS_NAME_ATTRIBUTE = Key.withDefault(
            "passkey.accounts.ldap.groups.name-attribute", "cn", "displayName", AccountsParser::attribute);
    static final Key<String> LDAP_GROUPS_ATTRIBUTE =
            Key.withoutDefault("passkey.accounts.ldap.groups.attribute", "memberOf", AccountsParser::attribute);

    static final Key<String> JAAS_ENTRY =
            Key.withoutDefault("passkey.accounts.jaas.entry", "intranet", Parser.text(200));
    static final Key<Path> JAAS_FILE =
            Key.withoutDefault("passkey.accounts.jaas.file", "/etc/intranet/login.config", AccountsParser::file);
    static final Key<Set<String>> JAAS_USER_CLASSES = Key.withoutDefault(
            "passkey.accounts.jaas.user-classes", "org.example.UserPrincipal", Parser.setOf(AccountsParser::className));
    static final Key<Set<String>> JAAS_ROLE_CLASSES = Key.withoutDefault(
            "passkey.accounts.jaas.role-classes", "org.example.RolePrincipal", Parser.setOf(AccountsParser::className));

    static final Key<Duration> REMEMBERED_MAXIMUM_AGE = Key.withoutDefault(
            "passkey.accounts.remembered.maximum-age",
            "12h",
            Parser.duration(Duration.ofMinutes(1), Duration.ofDays(7)));

    static final Key<String> STORE_JNDI =
            Key.withoutDefault("passkey.store.jndi", "java:comp/env/jdbc/app", DatabaseParser::jndi);
    static final Key<String> STORE_URL =
            Key.secret("passkey.store.url", "jdbc:postgresql://db.example.org/app", DatabaseParser::url);
    static final Key<String> STORE_USER = Key.withoutDefault("passkey.store.user", "passkey", Parser.text(200));
    static final Key<Secret> STORE_PASSWORD = Key.secret("passkey.store.password", "********", Secret::new);
    static final Key<Path> STORE_DIR =
            Key.withoutDefault("passkey.store.dir", "/var/lib/intranet/passkeys", DatabaseParser::directory);
    static final Key<Boolean> STORE_MIGRATE = Key.withDefault("passkey.store.migrate", "true", "false", Parser.flag());

    static final Key<Duration> CEREMONY_TIMEOUT = Key.withDefault(
            "passkey.ceremony.timeout", "5m", "90s", Parser.duration(Duration.ofSeconds(30), Duration.ofMinutes(10)));
    static final Key<Duration> SESSION_RECHECK = Key.withDefault(
            "passkey.session.recheck", "60s", "30s", Parser.duration(Duration.ofSeconds(1), Duration.ofHours(1)));
    static final Key<Duration> CONFIRMATION_MAXIMUM_AGE = Key.withDefault(
            "passkey.confirmation.maximum-age",
            "5m",
            "2m",
            Parser.duration(Duration.ofSeconds(1), Duration.ofHours(1)));
    static final Key<Boolean> HARDEN_COOKIES =
            Key.withDefault("passkey.session.harden-cookies", "true", "false", Parser.flag());

    static final Key<Boolean> THROTTLE_ENABLED =
            Key.withDefault("passkey.throttle.enabled", "true", "false", Parser.flag());
    static final Key<Integer> ACCOUNT_FAILURES =
            Key.withDefault("passkey.throttle.account-failures", "10", "5", Parser.number(1, 1000));
    static final Key<Duration> ACCOUNT_WINDOW = Key.withDefault(
            "passkey.throttle.account-window",
            "5m",
            "15m",
            Parser.duration(Duration.ofSeconds(10), Duration.ofHours(24)));
    static final Key<Integer> ADDRESS_FAILURES =
            Key.withDefault("passkey.throttle.address-failures", "100", "1000", Parser.number(1, 1_000_000));
    static final Key<Integer> ADDRESS_BEGINNINGS =
            Key.withDefault("passkey.throttle.address-beginnings", "1000", "5000", Parser.number(1, 1_000_000));
    static final Key<Integer> CHECKS_AT_ONCE =
            Key.withDefault("passkey.throttle.checks-at-once", "80", "16", Parser.number(1, 10_000));
    static final Key<List<String>> TRUSTED_PROXIES = Key.withDefault(
            "passkey.proxy.trusted", "", "10.0.0.0/8, 2001:db8::5", Parser.listOf(WebParser::addresses));

    static final Key<String> ADMINISTRATOR_ROLE =
            Key.withoutDefault("passkey.administrator-role", "passkey-administrator", Parser.text(200));

    static final Key<Boolean> AUDIT_TABLE = Key.withDefault("passkey.audit.table", "true", "false", Parser.flag());
    static final Key<Duration> AUDIT_RETENTION = Key.withDefault(
            "passkey.audit.retention", "90d", "365d", Parser.duration(Duration.ofDays(1), Duration.ofDays(3650)));
    static final Key<String> METRICS_ROLE = Key.withoutDefault("passkey.metrics-role", "monitoring", Parser.text(200));

    static final Key<String> SMTP_HOST =
            Key.withoutDefault("passkey.smtp.host", "mail.example.org", MessagingParser::host);
    static final Key<Integer> SMTP_PORT = Key.withoutDefault("passkey.smtp.port", "587", Parser.number(1, 65535));
    static final Key<Tls> SMTP_TLS = Key.withDefault("passkey.smtp.tls", "starttls", "tls", Parser.constant(Tls.class));
    static final Key<String> SMTP_FROM =
            Key.withoutDefault("passkey.smtp.from", "no-reply@example.org", MessagingParser::eMail);
    static final Key<String> SMTP_USER = Key.withoutDefault("passkey.smtp.user", "intranet", Parser.text(200));
    static final Key<Secret> SMTP_PASSWORD = Key.secret("passkey.smtp.password", "********", Secret::new);
    static final Key<URI> SMS_URL =
            Key.withoutDefault("passkey.sms.url", "https://sms.example.org/send", MessagingParser::gateway);
    static final Key<Secret> SMS_AUTHORIZATION =
            Key.secret("passkey.sms.authorization", "********", MessagingParser::headerValue);
    static final Key<String> SMS_BODY = Key.withDefault(
            "passkey.sms.body",
            "{\"to\": \"{to}\", \"text\": \"{text}\"}",
            "{\"recipient\": \"{to}\", \"message\": \"{text}\", \"kind\": \"{purpose}\"}",
            MessagingParser::body);

    static final Key<Boolean> POLICY_ALLOWED =
            Key.withDefault("passkey.policy.allowed", "true", "false", Parser.flag());
    static final Key<Integer> POLICY_MAXIMUM =
            Key.withDefault("passkey.policy.maximum", "5", "10", Parser.number(1, 100));
    static final Key<Boolean> POLICY_OFFER_TO_BIND =
            Key.withDefault("passkey.policy.offer-to-bind", "true", "false", Parser.flag());
    static final Key<Boolean> POLICY_SILENT_UPGRADE =
            Key.withDefault("passkey.policy.silent-upgrade", "false", "true", Parser.flag());
    static final Key<PasswordRule> POLICY_PASSWORD = Key.withDefault(
            "passkey.policy.password",
            "allowed",
            "while-no-passkey",
            Parser.labelled(PasswordRule.values(), PasswordRule::label));
    static final Key<SecondFactorRule> POLICY_SECOND_FACTOR = Key.withDefault(
            "passkey.policy.second-factor",
            "off",
            "when-bound",
            Parser.labelled(SecondFactorRule.values(), SecondFactorRule::label));
    static final Key<BackupUse> POLICY_ONE_TIME_CODES = Key.withDefault(
            "passkey.policy.one-time-codes",
            "second-factor-and-proof",
            "second-factor",
            Parser.labelled(BackupUse.values(), BackupUse::label));
    static final Key<BackupUse> POLICY_RECOVERY_CODES = Key.withDefault(
            "passkey.policy.recovery-codes",
            "second-factor-and-proof",
            "off",
            Parser.labelled(BackupUse.values(), BackupUse::label));

    static final Key<String> POLICY_LOGON_SUFFIX =
            Key.withDefault("passkey.policy.logon-suffix", "", "corp.example", WebParser::logonSuffix);
    static final Key<Set<String>> POLICY_CUSTOM_LOGON_SUFFIXES = Key.withDefault(
            "passkey.policy.custom-logon-suffixes", "", "branch, example.org", Parser.setOf(WebParser::logonSuffix));
    static final Key<Path> ATTESTATION_TRUST_ROOTS = Key.withoutDefault(
            "passkey.attestation.trust-roots", "/etc/intranet/authenticator-roots.pem", AccountsParser::file);

    private static final List<Key<?>> ALL = List.of(
            RP_ID,
            RP_NAME,
            RP_ORIGINS,
            RP_APPID,
            HTTP_ORIGINS,
            PUBLIC_PATH,
            APPLICATION_ID,
            DOOR,
            PROTECT_PATTERN,
            PROTECT_METHODS,
            PROTECT_ROLES,
            PROTECT_PUBLIC,
            PROTECT_CONFIRMATION,
            PROTECT_SECOND_FACTOR,
            FILTER,
            BASIC,
            CACHE,
            LOGON_PAGE,
            LOGON_ERROR_PAGE,
            START_PAGE,
            LOGOUT_TARGET,
            FORGOTTEN_PASSWORD,
            ARM_PAGES,
            ACCOUNTS_KIND,
            ACCOUNTS_JNDI,
            ACCOUNTS_URL,
            ACCOUNTS_USER,
            ACCOUNTS_PASSWORD,
            BY_NAME,
            BY_KEY,
            GROUPS,
            PASSWORD_FORMAT,
            HASHES_AT_ONCE,
            FILE_PATH,
            FILE_PASSWORD_FORMAT,
            FILE_HASHES_AT_ONCE,
            LDAP_URL,
            LDAP_USER,
            LDAP_PASSWORD,
            LDAP_START_TLS,
            LDAP_BASE,
            LDAP_FILTER,
            LDAP_NAME_ATTRIBUTE,
            LDAP_KEY_ATTRIBUTE,
            LDAP_USABLE_FILTER,
            LDAP_GROUPS_BASE,
            LDAP_GROUPS_FILTER,
            LDAP_GROUPS_NAME_ATTRIBUTE,
            LDAP_GROUPS_ATTRIBUTE,
            JAAS_ENTRY,
            JAAS_FILE,
            JAAS_USER_CLASSES,
            JAAS_ROLE_CLASSES,
            REMEMBERED_MAXIMUM_AGE,
            STORE_JNDI,
            STORE_URL,
            STORE_USER,
            STORE_PASSWORD,
            STORE_DIR,
            STORE_MIGRATE,
            CEREMONY_TIMEOUT,
            SESSION_RECHECK,
            CONFIRMATION_MAXIMUM_AGE,
            HARDEN_COOKIES,
            THROTTLE_ENABLED,
            ACCOUNT_FAILURES,
            ACCOUNT_WINDOW,
            ADDRESS_FAILURES,
            ADDRESS_BEGINNINGS,
            CHECKS_AT_ONCE,
            TRUSTED_PROXIES,
            ADMINISTRATOR_ROLE,
            AUDIT_TABLE,
            AUDIT_RETENTION,
            METRICS_ROLE,
            SMTP_HOST,
            SMTP_PORT,
            SMTP_TLS,
            SMTP_FROM,
            SMTP_USER,
            SMTP_PASSWORD,
            SMS_URL,
            SMS_AUTHORIZATION,
            SMS_BODY,
            POLICY_ALLOWED,
            POLICY_MAXIMUM,
            POLICY_OFFER_TO_BIND,
            POLICY_SILENT_UPGRADE,
            POLICY_PASSWORD,
            POLICY_SECOND_FACTOR,
            POLICY_ONE_TIME_CODES,
            POLICY_RECOVERY_CODES,
            POLICY_LOGON_SUFFIX,
            POLICY_CUSTOM_LOGON_SUFFIXES,
            ATTESTATION_TRUST_ROOTS);

    private Keys() {}

    static List<Key<?>> all() {
        return ALL;
    }

    /** Which kind of accounts the application has. */
    enum AccountsKind {
        SQL,
        FILE,
        LDAP,
        JAAS,
        CONTAINER,
        EXTENSION;

        /** Whether such accounts tell at any time, not at a logon only, who may be let in. */
        boolean isLive() {
            return switch (this) {
                case SQL, FILE, LDAP, EXTENSION -> true;
                case JAAS, CONTAINER -> false;
            };
        }
    }
}
