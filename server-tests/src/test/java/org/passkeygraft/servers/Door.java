package org.passkeygraft.servers;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/** The ways by which the graft gets in, each with an application of its own in the contract. */
enum Door {
    MODULE("module"),
    FILTER("filter"),
    JAAS("jaas");

    /** Of web.xml: pages for the roles user and admin. */
    static final String CONSTRAINTS = """
            <security-constraint>
              <web-resource-collection>
                <web-resource-name>for everybody with an account</web-resource-name>
                <url-pattern>/secret/*</url-pattern>
              </web-resource-collection>
              <auth-constraint>
                <role-name>user</role-name>
              </auth-constraint>
            </security-constraint>
            <security-constraint>
              <web-resource-collection>
                <web-resource-name>for administrators</web-resource-name>
                <url-pattern>/admin/*</url-pattern>
              </web-resource-collection>
              <auth-constraint>
                <role-name>admin</role-name>
              </auth-constraint>
            </security-constraint>
            <security-role><role-name>user</role-name></security-role>
            <security-role><role-name>admin</role-name></security-role>
            """;
    /** Of web.xml: the application's own page asks for the password. */
    static final String FORM_LOGON = """
            <login-config>
              <auth-method>FORM</auth-method>
              <realm-name>contract</realm-name>
              <form-login-config>
                <form-login-page>/login.jsp</form-login-page>
                <form-error-page>/login-error.jsp</form-error-page>
              </form-login-config>
            </login-config>
            """;

    private final String title;

    Door(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    String contextPath() {
        return "/" + title;
    }

    /** What the application's web.xml says of security, which it said before. */
    String security() {
        return this == FILTER ? "" : CONSTRAINTS + FORM_LOGON;
    }

    /** What passkey.properties says beside what it says for every door. */
    Map<String, String> settings() {
        return switch (this) {
            case MODULE -> Map.of();
            case FILTER ->
                Map.of(
                        "passkey.door", "filter",
                        "passkey.protect.1.pattern", "/secret/*",
                        "passkey.protect.1.roles", "user",
                        "passkey.protect.2.pattern", "/admin/*",
                        "passkey.protect.2.roles", "admin");
            case JAAS -> Map.of("passkey.door", "jaas");
        };
    }

    /** Adds the files that only this door needs; where the accounts are is for those that name them. */
    WarBuilder complete(WarBuilder war, String accountsUrl) {
        return this == JAAS ? JaasRealm.addTo(war, accountsUrl) : war;
    }

    DoorBrowser browser(URI base) {
        return this == JAAS ? new FormBrowser(base) : new DoorBrowser(base);
    }

    Deployment deployment(String contextPath, Path war, String accountsUrl) {
        return Deployment.of(contextPath, war)
                .withJettyRealm(this == JAAS ? JaasRealm.onJetty(accountsUrl) : NobodysRealm.create());
    }
}
