package org.passkeygraft.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.passkeygraft.servers.ServerOptions.TomcatUser;

/**
 * One start of one Tomcat with the contract's application in the ways that are Tomcat's own: its realms, its cookies, BASIC,
 * and its forward to the page of FORM. A failed test shows the end of the server's log.
 */
final class TomcatApplications implements BeforeAllCallback, AfterAllCallback, TestExecutionExceptionHandler {
    /** Somebody whose name is not written in ASCII, and whose password not in any one-byte encoding. */
    static final String UMLAUT = "jürgen";

    static final String UMLAUT_PASSWORD = "密码ü";
    /** The page after a wrong password, in an encoding of its own, too long for the buffer of a JSP. */
    static final String LATIN_PAGE = "latin.jsp";

    private static final int WORKERS = 8;
    /** The users of every realm; a password is the name, but of {@link #UMLAUT}. */
    private static final Map<String, List<String>> ROLES = roles();

    private static final int SHOWN_OF_THE_LOG = 6_000;
    private static final String BASIC_LOGON =
            "<login-config><auth-method>BASIC</auth-method><realm-name>contract</realm-name></login-config>\n";
    private static final String STRICT_COOKIE = "<session-config><cookie-config><attribute>"
            + "<attribute-name>SameSite</attribute-name><attribute-value>Strict</attribute-value>"
            + "</attribute></cookie-config></session-config>\n";
    private static final Map<String, String> REALMS_ACCOUNTS =
            Map.of("passkey.accounts.kind", "container", "passkey.accounts.remembered.maximum-age", "24h");
    private static final Map<String, String> ARMED = Map.of("passkey.arm.pages", "/login.jsp, /" + LATIN_PAGE);

    private final ServerKind kind;
    private final AtomicInteger workers = new AtomicInteger();
    private @Nullable ContractDatabase database;
    private @Nullable Path directory;
    private @Nullable RunningServer server;

    TomcatApplications(ServerKind kind) {
        this.kind = kind;
    }

    /** The same pages, deployed in different ways. */
    enum Site {
        /** Module, accounts of Tomcat's UserDatabaseRealm, SameSite of Tomcat's, armed pages. */
        USERS,
        /** Module, accounts of Tomcat's DataSourceRealm, BASIC, SameSite of web.xml. */
        DATABASE,
        /** Module, accounts in tables that we read, BASIC. */
        TABLES,
        /** JAAS, armed pages. */
        JAAS,
        /** Without the graft. */
        PLAIN;

        String contextPath() {
            return "/" + name().toLowerCase(Locale.ROOT);
        }
    }

    DoorBrowser browser(Site site) {
        Door door = site == Site.JAAS ? Door.JAAS : Door.MODULE;
        return door.browser(Objects.requireNonNull(server).uri(site.contextPath()));
    }

    /** The name and password of a user of both realms that no other test of this class has got. */
    String worker() {
        int number = workers.incrementAndGet();
        if (number > WORKERS) {
            throw new IllegalStateException("no more than " + WORKERS);
        }
        return "worker" + number;
    }

    /** Changes the database that Tomcat's DataSourceRealm asks. */
    void executeInRealm(String... commands) {
        database().execute(name("realm"), commands);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (server != null) {
            // Of a nested class: the enclosing one has started it.
            return;
        }
        database = ContractDatabase.start();
        directory = Directories.create("tomcat-applications");
        createAccounts();
        createRealm();
        List<Deployment> deployments = new ArrayList<>();
        for (Site site : Site.values()) {
            deployments.add(Deployment.of(site.contextPath(), war(site)));
        }
        Map<String, TomcatUser> users = new TreeMap<>();
        ROLES.forEach((name, roles) -> users.put(name, new TomcatUser(password(name), roles)));
        server = kind.start(ServerOptions.defaults().withTomcatUsers(users).withTomcatLibraries(driver()), deployments);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (context.getRequiredTestClass().getEnclosingClass() != null) {
            return;
        }
        if (server != null) {
            server.close();
            server = null;
        }
        database().close();
        Directories.delete(Objects.requireNonNull(directory));
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        String log = Objects.requireNonNull(server).log();
        failure.addSuppressed(new AssertionError(
                "the server logged:\n" + log.substring(Math.max(0, log.length() - SHOWN_OF_THE_LOG))));
        throw failure;
    }

    private Path war(Site site) {
        boolean basic = site == Site.DATABASE || site == Site.TABLES;
        WarBuilder war = ContractServer.application(
                        Objects.requireNonNull(directory).resolve(site.name()),
                        (site == Site.DATABASE ? STRICT_COOKIE : "")
                                + Door.CONSTRAINTS
                                + (basic ? BASIC_LOGON : Door.FORM_LOGON.replace("/login-error.jsp", "/" + LATIN_PAGE)))
                .file(LATIN_PAGE, latinPage());
        return switch (site) {
            case PLAIN -> war.build();
            case USERS ->
                war.graft(settings(site, REALMS_ACCOUNTS, ARMED))
                        .file(
                                "META-INF/context.xml",
                                "<Context><CookieProcessor sameSiteCookies=\"strict\"/></Context>")
                        .build();
            case DATABASE ->
                war.graft(settings(site, REALMS_ACCOUNTS))
                        .file("META-INF/context.xml", dataSourceRealm())
                        .build();
            case TABLES -> war.graft(settings(site, tables())).build();
            case JAAS ->
                JaasRealm.addTo(
                                war.graft(settings(site, tables(), ARMED, Door.JAAS.settings())),
                                database().url(name("accounts")))
                        .build();
        };
    }

    @SafeVarargs
    private Map<String, String> settings(Site site, Map<String, String>... own) {
        Map<String, String> settings = new TreeMap<>(Map.of(
                "passkey.rp.name", "Tomcat",
                "passkey.store.url", database().url(name("store_" + site)),
                "passkey.throttle.enabled", "false",
                "passkey.policy.offer-to-bind", "false"));
        for (Map<String, String> more : own) {
            settings.putAll(more);
        }
        return settings;
    }

    private Map<String, String> tables() {
        return Map.of(
                "passkey.accounts.url",
                database().url(name("accounts")),
                "passkey.accounts.sql.by-name",
                "select name as account_name, password_hash, not locked as usable from app_user where name = :name",
                "passkey.accounts.sql.groups",
                "select role from app_user_role where name = :name");
    }

    private String dataSourceRealm() {
        return """
                <Context>
                  <Resource name="jdbc/realm" auth="Container" type="javax.sql.DataSource" maxTotal="4"
                            driverClassName="org.h2.Driver" url="%s"/>
                  <Realm className="org.apache.catalina.realm.DataSourceRealm" localDataSource="true"
                         dataSourceName="jdbc/realm" userTable="member" userNameCol="name" userCredCol="credential"
                         userRoleTable="member_role" roleNameCol="role">
                    <CredentialHandler className="org.apache.catalina.realm.MessageDigestCredentialHandler"
                                       algorithm="SHA-256"/>
                  </Realm>
                </Context>
                """.formatted(database().url(name("realm")));
    }

    private void createAccounts() {
        database().createAccounts(name("accounts"));
        database()
                .execute(
                        name("accounts"),
                        "insert into app_user (name, password_hash) values ('" + UMLAUT + "', '{SHA256}"
                                + Base64.getEncoder().encodeToString(digest(UMLAUT_PASSWORD)) + "')",
                        "insert into app_user_role values ('" + UMLAUT + "', 'user')");
    }

    private void createRealm() {
        executeInRealm(
                "drop all objects",
                "create table member (name varchar(50) primary key, credential varchar(200))",
                "create table member_role (name varchar(50), role varchar(50))");
        ROLES.forEach((name, roles) -> {
            executeInRealm("insert into member values ('" + name + "', '"
                    + HexFormat.of().formatHex(digest(password(name))) + "')");
            roles.forEach(role -> executeInRealm("insert into member_role values ('" + name + "', '" + role + "')"));
        });
    }

    private static Map<String, List<String>> roles() {
        Map<String, List<String>> roles = new TreeMap<>(
                Map.of("alice", List.of("admin", "user"), "bob", List.of("user"), UMLAUT, List.of("user")));
        for (int i = 1; i <= WORKERS; i++) {
            roles.put("worker" + i, List.of("user"));
        }
        return roles;
    }

    private static String password(String name) {
        return name.equals(UMLAUT) ? UMLAUT_PASSWORD : name;
    }

    private static byte[] digest(String password) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(password.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String latinPage() {
        return """
                <%@ page contentType="text/html;charset=ISO-8859-1" pageEncoding="UTF-8" session="false" %>
                <!DOCTYPE html>\r
                <title>Bitte anmelden, Jürgen</title>\r
                <!-- <form><input name=j_username><input type=password></form> -->
                <FORM ACTION=j_security_check METHOD=POST>\tGrüße
                <input name=j_username><input name="j_password" type='password' >
                <script>var form = "</form ";</script><button>Los</button></FORM>
                <p>""" + "äöü \r\n".repeat(5_000) + "</p>";
    }

    private static Path driver() {
        try {
            return Path.of(org.h2.Driver.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Of a database, which lives longer than one start of a server. */
    private String name(String part) {
        return kind.name() + "_" + part;
    }

    private ContractDatabase database() {
        return Objects.requireNonNull(database);
    }
}
