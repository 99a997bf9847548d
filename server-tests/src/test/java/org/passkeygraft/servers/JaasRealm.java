package org.passkeygraft.servers;

import java.util.Map;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import javax.security.auth.login.Configuration;
import org.eclipse.jetty.security.DefaultIdentityService;
import org.eclipse.jetty.security.LoginService;
import org.eclipse.jetty.security.jaas.JAASLoginService;

/** The JAAS realm of the contract's application, with our module before its own, as each server has it configured. */
final class JaasRealm {
    private static final String ENTRY = "contract";
    private static final String OURS = "org.passkeygraft.jaas.PasskeyLoginModule";
    private static final String THEIRS = "org.passkeygraft.servers.application.PasswordModule";
    private static final String[] USERS = {"org.passkeygraft.jaas.CallerPrincipal", THEIRS + "$User"};
    private static final String[] ROLES = {"org.passkeygraft.jaas.GroupPrincipal", THEIRS + "$Role"};

    private JaasRealm() {}

    /** Tomcat: both files are in the WAR. */
    static WarBuilder addTo(WarBuilder war, String accountsUrl) {
        return war.file("META-INF/context.xml", """
                        <Context>
                          <Realm className="org.apache.catalina.realm.JAASRealm" appName="%s" userClassNames="%s"
                                 roleClassNames="%s" configFile="contract-jaas.config"/>
                        </Context>
                        """.formatted(ENTRY, String.join(",", USERS), String.join(",", ROLES)))
                .file("WEB-INF/classes/contract-jaas.config", """
                        %s {
                          %s required delegate="%s" delegate.url="%s";
                        };
                        """.formatted(ENTRY, OURS, THEIRS, accountsUrl));
    }

    /** Jetty: a login service of the host's. */
    static LoginService onJetty(String accountsUrl) {
        JAASLoginService realm = new JAASLoginService("contract");
        realm.setLoginModuleName(ENTRY);
        realm.setRoleClassNames(ROLES);
        realm.setIdentityService(new DefaultIdentityService());
        realm.setConfiguration(new Configuration() {
            @Override
            public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
                return new AppConfigurationEntry[] {
                    new AppConfigurationEntry(
                            OURS,
                            LoginModuleControlFlag.REQUIRED,
                            Map.of("delegate", THEIRS, "delegate.url", accountsUrl))
                };
            }
        });
        return realm;
    }
}
