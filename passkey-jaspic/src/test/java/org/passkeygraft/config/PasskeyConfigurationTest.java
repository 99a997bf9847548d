package org.passkeygraft.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.passkeygraft.config.PasskeyConfiguration.Accounts;
import org.passkeygraft.config.PasskeyConfiguration.Basic;
import org.passkeygraft.config.PasskeyConfiguration.Database;
import org.passkeygraft.config.PasskeyConfiguration.Door;
import org.passkeygraft.config.PasskeyConfiguration.Entrance;
import org.passkeygraft.config.PasskeyConfiguration.Protection;
import org.passkeygraft.config.PasskeyConfiguration.Secret;
import org.passkeygraft.policy.PasskeyPolicy;
import org.passkeygraft.policy.SecondFactorRule;

class PasskeyConfigurationTest {
    private final Map<String, String> systemProperties = new TreeMap<>(Map.of("user.home", "/home/server"));
    private final Map<String, String> environment = new TreeMap<>();
    private final Map<String, String> contextParameters = new TreeMap<>();
    private final Map<String, String> file = new TreeMap<>(Map.of(
            "passkey.rp.id", "example.org",
            "passkey.rp.origins", "https://www.example.org",
            "passkey.accounts.jndi", "java:comp/env/jdbc/app",
            "passkey.accounts.sql.by-name", "select a from b where c = :name",
            "passkey.accounts.sql.groups", "select d from e where f = :name"));

    @Test
    void whatIsNotSetHasItsDefault() {
        PasskeyConfiguration configuration = load();

        assertThat(configuration.relyingParty().name()).isEqualTo("example.org");
        assertThat(configuration.http().origins()).containsExactly("https://www.example.org");
        assertThat(configuration.http().applicationId()).isEqualTo("/shop");
        assertThat(configuration.http().startPage()).isEqualTo("/");
        assertThat(configuration.http().logoutTarget()).isEqualTo("/");
        assertThat(configuration.http().forgottenPassword()).isEmpty();
        assertThat(configuration.http().trustedProxies()).isEmpty();
        assertThat(configuration.door()).isEqualTo(Door.AUTO);
        assertThat(configuration.protections()).isEmpty();
        assertThat(configuration.entrance())
                .isEqualTo(new Entrance(
                        true,
                        Basic.AUTO,
                        "example.org",
                        "/passkey/logon",
                        "/passkey/logon?error",
                        PasskeyConfiguration.Declared.NOTHING));
        assertThat(configuration.store())
                .isEqualTo(new PasskeyConfiguration.Store(
                        new Database.Embedded(Path.of("/home/server/.passkey-graft/shop")), true));
        assertThat(configuration.ceremony().timeout()).isEqualTo(Duration.ofMinutes(5));
        assertThat(configuration.session())
                .isEqualTo(new PasskeyConfiguration.Session(Duration.ofSeconds(60), Duration.ofMinutes(5), true));
        assertThat(configuration.throttle())
                .isEqualTo(new PasskeyConfiguration.Throttle(true, 10, Duration.ofMinutes(5), 100, 1000, 80));
        assertThat(configuration.policy()).isEqualTo(PasskeyPolicy.STANDARD);
        var sql = (Accounts.Sql) configuration.accounts();
        assertThat(sql.passwordFormat()).isEqualTo("auto");
        assertThat(sql.hashesAtOnce())
                .isEqualTo(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
        assertThat(sql.queries().byKey()).isEmpty();
    }

    @Test
    void whatIsSetIsTaken() {
        file.put("passkey.rp.name", "Our shop");
        file.put("passkey.rp.origins", "https://www.example.org, https://example.org:8443");
        file.put("passkey.http.origins", "https://other.example.net");
        file.put("passkey.application-id", "shop");
        file.put("passkey.door", "module");
        file.put("passkey.start-page", "/start.jsp?tab=1");
        file.put("passkey.forgotten-password", "https://help.example.net/password");
        file.put("passkey.arm.pages", "/login.jsp, /login%20error.jsp");
        file.put("passkey.store.url", "jdbc:postgresql://db/app");
        file.put("passkey.store.user", "passkey");
        file.put("passkey.store.password", " secret ");
        file.put("passkey.ceremony.timeout", "PT2M");
        file.put("passkey.proxy.trusted", "10.0.0.0/8 2001:db8::5");
        file.put("passkey.policy.allowed", "false");

        PasskeyConfiguration configuration = load();

        assertThat(configuration.relyingParty().origins())
                .isEqualTo(Set.of("https://www.example.org", "https://example.org:8443"));
        assertThat(configuration.http().origins()).containsExactly("https://other.example.net");
        assertThat(configuration.http().applicationId()).isEqualTo("shop");
        assertThat(configuration.http().startPage()).isEqualTo("/start.jsp?tab=1");
        assertThat(configuration.http().forgottenPassword()).contains(URI.create("https://help.example.net/password"));
        assertThat(configuration.http().trustedProxies()).containsExactly("10.0.0.0/8", "2001:db8::5");
        assertThat(configuration.door()).isEqualTo(Door.MODULE);
        assertThat(configuration.store().database())
                .isEqualTo(new Database.Url("jdbc:postgresql://db/app", "passkey", new Secret(" secret ")));
        assertThat(configuration.ceremony().timeout()).isEqualTo(Duration.ofMinutes(2));
        assertThat(configuration.policy().allowed()).isFalse();
    }

    @Test
    void systemPropertyBeatsEnvironmentBeatsContextParameterBeatsFile() {
        file.put("passkey.policy.maximum", "4");
        assertThat(load().policy().maximum()).isEqualTo(4);
        contextParameters.put("passkey.policy.maximum", "3");
        assertThat(load().policy().maximum()).isEqualTo(3);
        environment.put("PASSKEY_POLICY_MAXIMUM", "2");
        assertThat(load().policy().maximum()).isEqualTo(2);
        systemProperties.put("passkey.policy.maximum", "1");
        assertThat(load().policy().maximum()).isEqualTo(1);
    }

    @Test
    void everyProblemIsToldAtOnceEachInOneLineWithKeyValueAndRemedy() {
        file.remove("passkey.rp.id");
        file.put("passkey.ceremony.timeout", "5 minutes");
        environment.put("PASSKEY_POLICY_MAXIMUM", "many\nmore");
        contextParameters.put("passkey.rp.nam", "x");

        ConfigurationException refusal = refusal();

        assertThat(refusal.problems())
                .extracting(Problem::key)
                .containsExactly(
                        "passkey.rp.id", "passkey.ceremony.timeout", "passkey.policy.maximum", "passkey.rp.nam");
        assertThat(String.valueOf(refusal.getMessage()).lines())
                .containsExactly(
                        "passkey.rp.id is not set: write the domain that the passkeys belong to, such as example.org",
                        "passkey.ceremony.timeout is \"5 minutes\": write it as 5m or PT5M (passkey.properties)",
                        "passkey.policy.maximum is \"many more\": write a whole number from 1 to 100 (environment)",
                        "passkey.rp.nam is \"***\": there is no such key; did you mean passkey.rp.name?");
    }

    @Test
    void anUnknownKeyIsAnErrorInTheFileAndInContextParametersButNotElsewhere() {
        file.put("passkey.store.pasword", "hunter2");
        file.put("rp.origin", "x");
        contextParameters.put("passkey.doors", "auto");
        contextParameters.put("their.own", "x");
        environment.put("PASSKEY_STRANGE", "x");
        systemProperties.put("passkey.strange", "x");

        ConfigurationException refusal = refusal();

        assertThat(refusal).hasMessageNotContaining("hunter2");
        assertThat(refusal.problems())
                .extracting(Problem::key)
                .containsExactly("passkey.doors", "passkey.store.pasword", "rp.origin");
        assertThat(refusal.problems())
                .extracting(Problem::remedy)
                .containsExactly(
                        "there is no such key; did you mean passkey.door?",
                        "there is no such key; did you mean passkey.store.password?",
                        "there is no such key; did you mean passkey.rp.origins?");
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.org",
        "example.org:8443",
        "example.org/app",
        "Example.org",
        "192.168.0.1",
        "[::1]",
        "1.2.3.0x1",
        ".example.org",
        "example..org",
        "example.org.",
        "-a.org",
        "bücher.example",
        "exa mple.org",
        "org"
    })
    void anRpIdIsABareDomainInLowerCase(String id) {
        assertRefused("passkey.rp.id", id, id.equals("org") ? "passkey.rp.origins" : "passkey.rp.id");
    }

    @Test
    void aDomainOutsideAsciiIsToldAsBrowsersSpellIt() {
        file.put("passkey.rp.id", "bücher.example");

        assertThat(refusal()).hasMessageContaining("xn--bcher-kva.example");
    }

    @ParameterizedTest
    @CsvSource({
        "http://www.example.org",
        "https://www.example.org/",
        "https://www.example.org/app",
        "https://www.example.org:443",
        "https://www.example.org:0",
        "https://www.example.org:70000",
        "https://WWW.example.org",
        "https://www.example.org.evil.test",
        "https://evilexample.org",
        "https://user@www.example.org",
        "www.example.org",
        "null",
        "android:apk-key-hash:abc",
        "*",
        "https://*.example.org",
        "https://www..example.org",
        "https://."
    })
    void anOriginIsExactAndBelowTheRpId(String origin) {
        assertRefused("passkey.rp.origins", origin, "passkey.rp.origins");
        assertRefused("passkey.rp.origins", "https://example.org " + origin, "passkey.rp.origins");
    }

    @Test
    void theOriginOfAnAndroidApplicationIsForCeremoniesOnly() {
        String android = "android:apk-key-hash:" + "A".repeat(43);
        file.put("passkey.rp.origins", android + ", https://www.example.org");

        assertThat(load().relyingParty().origins()).containsExactly(android, "https://www.example.org");
        assertThat(load().http().origins()).containsExactly("https://www.example.org");

        assertRefused("passkey.rp.origins", android, "passkey.rp.origins");
        assertRefused("passkey.rp.origins", android + "=", "passkey.rp.origins");
        file.put("passkey.rp.origins", "https://www.example.org");
        assertRefused("passkey.http.origins", android, "passkey.http.origins");
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, http://localhost:8080",
        "localhost, https://localhost:8443",
        "localhost, http://app.localhost:8080",
        "example.org, https://example.org",
        "example.org, https://a.b.example.org:9443",
        "intranet, https://intranet"
    })
    void anOriginMayBeTheRpIdItselfOrBelowIt(String id, String origin) {
        file.put("passkey.rp.id", id);
        file.put("passkey.rp.origins", origin);

        assertThat(load().relyingParty().origins()).containsExactly(origin);
    }

    @ParameterizedTest
    @CsvSource({
        "passkey.start-page, index.jsp",
        "passkey.start-page, //evil.example",
        "passkey.start-page, /\\evil.example",
        "passkey.start-page, /../other",
        "passkey.start-page, /%2e%2e/other",
        "passkey.start-page, /..",
        "passkey.start-page, /a//b",
        "passkey.start-page, /a b",
        "passkey.start-page, /a#b",
        "passkey.start-page, https://evil.example",
        "passkey.logout-target, //evil.example",
        "passkey.forgotten-password, javascript:alert(1)",
        "passkey.arm.pages, login.jsp",
        "passkey.arm.pages, /login.jsp?a=b",
        "passkey.arm.pages, /a/../login.jsp",
        "passkey.forgotten-password, //evil.example",
        "passkey.forgotten-password, forgotten.jsp",
        "passkey.door, Module",
        "passkey.filter, on",
        "passkey.http.basic, yes",
        "passkey.logon-page, login.jsp",
        "passkey.logon-page, //evil.example/login",
        "passkey.logon-error-page, https://evil.example",
        "passkey.protect.1.pattern, secret",
        "passkey.protect.1.pattern, /admin/",
        "passkey.protect.1.pattern, secret/*",
        "passkey.protect.1.pattern, /secret*",
        "passkey.protect.1.pattern, /*/secret",
        "passkey.protect.1.pattern, /a/*.jsp",
        "passkey.protect.1.pattern, **",
        "passkey.protect.1.pattern, *.a/b",
        "passkey.protect.1.pattern, *.tar.gz",
        "passkey.protect.1.pattern, /a/../b",
        "passkey.protect.1.pattern, //a/*",
        "passkey.protect.1.pattern, /a%2fb",
        "passkey.protect.1.pattern, /a;x",
        "passkey.protect.1.pattern, /a?b",
        "passkey.protect.1.pattern, /a\\b",
        "passkey.accounts.kind, xml",
        "passkey.accounts.jndi, ldap://evil.example/x",
        "passkey.accounts.sql.password-format, plain",
        "passkey.accounts.sql.hashes-at-once, 0",
        "passkey.accounts.sql.by-name, delete from app_user",
        "passkey.accounts.sql.by-name, select 1;",
        "passkey.store.dir, data",
        "passkey.store.migrate, yes",
        "passkey.ceremony.timeout, 29s",
        "passkey.ceremony.timeout, 11m",
        "passkey.ceremony.timeout, -5m",
        "passkey.ceremony.timeout, 5",
        "passkey.session.recheck, 0s",
        "passkey.throttle.account-failures, 1e3",
        "passkey.proxy.trusted, proxy.example.org",
        "passkey.proxy.trusted, 10.0.0.0/33",
        "passkey.proxy.trusted, 10.0.0.256",
        "passkey.proxy.trusted, 1:2:3",
        "passkey.proxy.trusted, ::1/129",
        "passkey.policy.maximum, 0",
        "passkey.policy.maximum, 101",
        "passkey.rp.name, ''",
        "passkey.application-id, '   '"
    })
    void anUnfitValueIsRefused(String key, String value) {
        assertRefused(key, value, key);
    }

    @ParameterizedTest
    @CsvSource({"90s, 90", "5m, 300", "1h, 3600", "PT5M, 300", "pt90s, 90", "5 m, 300"})
    void aDurationIsShortOrIso(String written, int seconds) {
        file.put("passkey.confirmation.maximum-age", written);

        assertThat(load().session().confirmationMaximumAge()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void protectRulesComeFromEverySourceWithAnyGapsInTheOrderOfTheirNumbers() {
        contextParameters.put("passkey.protect.99.pattern", "*.jsp");
        file.put("passkey.protect.1.pattern", "/secret/*");
        file.put("passkey.protect.1.methods", "POST, GET");
        file.put("passkey.protect.1.roles", "clerk, head of office");
        file.put("passkey.protect.20.pattern", "/open");
        environment.put("PASSKEY_PROTECT_20_PUBLIC", "true");
        systemProperties.put("passkey.protect.7.pattern", "/");

        assertThat(load().protections())
                .containsExactly(
                        new Protection("/secret/*", Set.of("GET", "POST"), Set.of("clerk", "head of office"), false),
                        new Protection("/", Set.of(), Set.of("**"), false),
                        new Protection("/open", Set.of(), Set.of(), true),
                        new Protection("*.jsp", Set.of(), Set.of("**"), false));
    }

    @Test
    void aProtectRuleMayAskForAFreshProofAndForASecondFactor() {
        file.put("passkey.protect.1.pattern", "/pay/*");
        file.put("passkey.protect.1.confirmation", "2m");
        file.put("passkey.protect.1.second-factor", "required");
        file.put("passkey.protect.2.pattern", "/read/*");

        assertThat(load().protections())
                .extracting(Protection::stepUp)
                .containsExactly(new StepUp(Duration.ofMinutes(2), SecondFactorRule.REQUIRED), StepUp.NONE);
    }

    @Test
    void whatIsPublicAsksForNoProof() {
        file.put("passkey.protect.1.pattern", "/open");
        file.put("passkey.protect.1.public", "true");
        file.put("passkey.protect.1.confirmation", "2m");
        file.put("passkey.protect.2.second-factor", "when-bound");
        file.put("passkey.protect.3.pattern", "/pay");
        file.put("passkey.protect.3.confirmation", "2h");

        assertThat(refusal().problems())
                .extracting(Problem::key)
                .containsExactlyInAnyOrder(
                        "passkey.protect.1.confirmation",
                        "passkey.protect.2.pattern",
                        "passkey.protect.3.confirmation");
    }

    @Test
    void everyProblemWithProtectRulesIsToldAtOnce() {
        file.put("passkey.protect.2.roles", "clerk");
        file.put("passkey.protect.3.pattern", "/a/*");
        file.put("passkey.protect.3.roles", "*");
        file.put("passkey.protect.4.pattern", "/b/*");
        file.put("passkey.protect.4.methods", "get");
        file.put("passkey.protect.5.pattern", "/c/*");
        file.put("passkey.protect.5.methods", "TRACE");
        file.put("passkey.protect.6.pattern", "/d/*");
        file.put("passkey.protect.6.public", "true");
        file.put("passkey.protect.6.roles", "clerk");
        file.put("passkey.protect.0.pattern", "/e");
        file.put("passkey.protect.100.pattern", "/e");
        file.put("passkey.protect.01.pattern", "/e");
        file.put("passkey.protect.1.paths", "/e");

        assertThat(String.valueOf(refusal().getMessage()).lines())
                .contains(
                        "passkey.protect.2.pattern is not set: write what the rule is for, such as /secret/*, or leave"
                                + " the rule out",
                        "passkey.protect.3.roles is \"*\": write ** for every caller (passkey.properties)",
                        "passkey.protect.4.methods is \"get\": write methods in upper case, such as GET, POST"
                                + " (passkey.properties)",
                        "passkey.protect.5.methods is \"TRACE\": leave TRACE out: it is always refused where a rule"
                                + " holds (passkey.properties)",
                        "passkey.protect.6.roles is \"clerk\": leave it out: what is public needs no role"
                                + " (passkey.properties)")
                .hasSize(9);
        assertThat(refusal().problems())
                .extracting(Problem::key)
                .contains(
                        "passkey.protect.0.pattern",
                        "passkey.protect.100.pattern",
                        "passkey.protect.01.pattern",
                        "passkey.protect.1.paths");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {"- | -", "GET, POST | -", "- | GET", "GET, POST | POST, PUT"})
    void aPatternIsNotPublicAndProtectedForTheSameMethod(String one, String other) {
        file.put("passkey.protect.1.pattern", "/a/*");
        file.put("passkey.protect.2.pattern", "/a/*");
        file.put("passkey.protect.2.public", "true");
        putUnlessNull("passkey.protect.1.methods", one);
        putUnlessNull("passkey.protect.2.methods", other);

        assertThat(refusal().problems()).extracting(Problem::key).containsExactly("passkey.protect.2.public");
        assertThat(refusal()).hasMessageContaining("passkey.protect.1 says otherwise");

        file.put("passkey.protect.2.pattern", "/a/b/*");
        assertThat(load().protections()).hasSize(2);
    }

    private void putUnlessNull(String key, @Nullable String value) {
        if (value != null) {
            file.put(key, value);
        }
    }

    @Test
    void theFilterDoorNeedsAProtectRule() {
        file.put("passkey.door", "filter");

        assertThat(refusal())
                .hasMessage("passkey.door is \"filter\": say what the filter is to protect: write"
                        + " passkey.protect.1.pattern (passkey.properties)");

        file.put("passkey.protect.5.pattern", "/*");
        assertThat(load().door()).isEqualTo(Door.FILTER);
    }

    @Test
    void theErrorPageIsTheLogonPageUnlessThereIsOne() {
        file.put("passkey.logon-page", "/login.jsp");
        assertThat(load().entrance().logonErrorPage()).isEqualTo("/login.jsp?error");
        file.put("passkey.logon-page", "/app?page=login");
        assertThat(load().entrance().logonErrorPage()).isEqualTo("/app?page=login&error");
        file.put("passkey.logon-error-page", "/login-error.jsp");
        assertThat(load().entrance().logonErrorPage()).isEqualTo("/login-error.jsp");
    }

    @Test
    void theAccountsAreInTheStoresDatabaseIfNothingElseIsSaid() {
        file.remove("passkey.accounts.jndi");
        file.put("passkey.store.jndi", "java:comp/env/jdbc/shared");

        var sql = (Accounts.Sql) load().accounts();

        assertThat(sql.database()).isEqualTo(new Database.Jndi("java:comp/env/jdbc/shared"));
    }

    @Test
    void theAccountsAreNeverLookedForInTheEmbeddedStore() {
        file.remove("passkey.accounts.jndi");

        assertThat(refusal().problems()).extracting(Problem::key).containsExactly("passkey.accounts.jndi");
    }

    @Test
    void anExtensionNeedsNoQueries() {
        file.keySet().removeIf(name -> name.startsWith("passkey.accounts."));
        file.put("passkey.accounts.kind", "extension");

        assertThat(load().accounts()).isEqualTo(new Accounts.Extension());
    }

    @Test
    void eachKindOfAccountsAsksForWhatItNeedsAndSaysAllOfItAtOnce() {
        assertMissing("file", "passkey.accounts.file.path");
        assertMissing(
                "ldap", "passkey.accounts.ldap.url", "passkey.accounts.ldap.base", "passkey.accounts.ldap.groups.base");
        assertMissing(
                "jaas",
                "passkey.accounts.jaas.entry",
                "passkey.accounts.jaas.role-classes",
                "passkey.accounts.remembered.maximum-age");
        assertMissing("container", "passkey.accounts.remembered.maximum-age");
    }

    private void assertMissing(String kind, String... keys) {
        file.keySet().removeIf(name -> name.startsWith("passkey.accounts."));
        file.put("passkey.accounts.kind", kind);

        assertThat(refusal().problems()).extracting(Problem::key).containsExactly(keys);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "passkey.accounts.ldap.url|https://ldap.example.org",
                "passkey.accounts.ldap.url|ldap://ldap.example.org/dc=example",
                "passkey.accounts.ldap.url|ldap://user:secret@ldap.example.org",
                "passkey.accounts.ldap.base|people",
                "passkey.accounts.ldap.filter|uid={0}",
                "passkey.accounts.ldap.filter|(uid=alice)",
                "passkey.accounts.ldap.filter|(uid={0}",
                "passkey.accounts.ldap.filter|(uid>={0})",
                "passkey.accounts.ldap.filter|(uid:caseExactMatch:={0})",
                "passkey.accounts.ldap.filter|(uid={0})(x={name})",
                "passkey.accounts.ldap.name-attribute|uid,cn",
                "passkey.accounts.ldap.usable-filter|(x={0})",
                "passkey.accounts.ldap.groups.filter|(member=x)",
                "passkey.accounts.ldap.start-tls|true",
                "passkey.accounts.remembered.maximum-age|1h"
            })
    void anUnfitValueForADirectoryIsRefused(String key, String value) {
        file.keySet().removeIf(name -> name.startsWith("passkey.accounts."));
        file.put("passkey.accounts.kind", "ldap");
        file.put("passkey.accounts.ldap.url", "ldaps://ldap.example.org");
        file.put("passkey.accounts.ldap.base", "ou=people,dc=example,dc=org");
        file.put("passkey.accounts.ldap.groups.base", "ou=groups,dc=example,dc=org");

        assertThat(load().accounts()).isInstanceOf(Accounts.Ldap.class);
        assertRefused(key, value, key);
    }

    @Test
    void aDirectoryIsSearchedByAUserWithAPasswordOrByNobody() {
        file.keySet().removeIf(name -> name.startsWith("passkey.accounts."));
        file.put("passkey.accounts.kind", "ldap");
        file.put("passkey.accounts.ldap.url", "ldaps://a.example.org ldaps://b.example.org");
        file.put("passkey.accounts.ldap.base", "ou=people,dc=example,dc=org");
        file.put("passkey.accounts.ldap.groups.attribute", "memberOf");
        assertRefused("passkey.accounts.ldap.user", "cn=reader,dc=example,dc=org", "passkey.accounts.ldap.password");
        assertRefused("passkey.accounts.ldap.password", "", "passkey.accounts.ldap.password");

        file.put("passkey.accounts.ldap.password", "hunter2");
        assertThat(load().toString()).doesNotContain("hunter2");
        file.remove("passkey.accounts.ldap.user");
        assertThat(refusal().problems()).extracting(Problem::key).containsExactly("passkey.accounts.ldap.user");
    }

    @ParameterizedTest
    @CsvSource({"8d", "169h", "30s", "0s", "P8D"})
    void whatIsRememberedIsRememberedForAWeekAtMost(String age) {
        file.keySet().removeIf(name -> name.startsWith("passkey.accounts."));
        file.put("passkey.accounts.kind", "container");
        assertRefused("passkey.accounts.remembered.maximum-age", age, "passkey.accounts.remembered.maximum-age");

        file.put("passkey.accounts.remembered.maximum-age", "P7D");
        assertThat(load().accounts()).isEqualTo(new Accounts.Container(Duration.ofDays(7)));
    }

    @Test
    void anAgeThatNothingHeedsIsRefused() {
        assertRefused("passkey.accounts.remembered.maximum-age", "1h", "passkey.accounts.remembered.maximum-age");
    }

    @Test
    void twoDatabasesForOnePurposeAreRefused() {
        file.put("passkey.store.jndi", "java:comp/env/jdbc/app");
        file.put("passkey.store.url", "jdbc:h2:mem:x");
        file.put("passkey.store.dir", "/var/lib/x");
        file.put("passkey.accounts.user", "somebody");

        assertThat(refusal().problems())
                .extracting(Problem::key)
                .containsExactly("passkey.store.jndi", "passkey.store.dir", "passkey.accounts.user");
    }

    @Test
    void twoApplicationsNeverShareAnEmbeddedStore() {
        assertThat(List.of("", "/a", "/a/b", "/a_b", "/a b").stream()
                        .map(path -> load(path).store().database()))
                .doesNotHaveDuplicates()
                .hasSize(5);
    }

    @Test
    void aServerWithoutAHomeNeedsADirectory() {
        systemProperties.clear();

        assertThat(refusal().problems()).extracting(Problem::key).containsExactly("passkey.store.dir");
    }

    @Test
    void secretsAreNeverPrinted() {
        file.put("passkey.store.url", "jdbc:postgresql://scott:tiger@db/app?password=hunter2");
        file.put("passkey.store.password", "hunter2");
        assertThat(load().toString())
                .doesNotContain("hunter2")
                .doesNotContain("tiger")
                .contains("//db/app");

        file.put("passkey.store.url", "postgresql://scott:tiger@db/app?password=hunter2");
        assertThat(refusal()).hasMessageNotContaining("hunter2").hasMessageNotContaining("tiger");
    }

    private void assertRefused(String key, String value, String blamed) {
        file.put(key, value);

        assertThat(refusal().problems()).extracting(Problem::key).containsExactly(blamed);
    }

    private ConfigurationException refusal() {
        return catchThrowableOfType(ConfigurationException.class, this::load);
    }

    private PasskeyConfiguration load() {
        return load("/shop");
    }

    private PasskeyConfiguration load(String contextPath) {
        return PasskeyConfiguration.load(
                new Settings(systemProperties::get, environment, contextParameters, file, contextPath));
    }
}
