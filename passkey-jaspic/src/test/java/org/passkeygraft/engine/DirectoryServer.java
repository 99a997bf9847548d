package org.passkeygraft.engine;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSimpleBindRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.OperationType;
import com.unboundid.ldif.LDIFException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;

/** A real LDAP server in this JVM, without a schema, so that attributes of any product can be had. */
final class DirectoryServer implements AutoCloseable {
    static final String READER = "cn=reader,dc=example,dc=org";
    static final String READER_PASSWORD = "r-secret";
    static final String PEOPLE = "ou=people,dc=example,dc=org";
    static final String GROUPS = "ou=groups,dc=example,dc=org";

    private final InMemoryDirectoryServer server;
    private final SlowBinds slowBinds;

    private DirectoryServer(InMemoryDirectoryServer server, SlowBinds slowBinds) {
        this.server = server;
        this.slowBinds = slowBinds;
    }

    /** From now on a person's password takes so long to check, as with a costly hash; what is no entry takes no time. */
    void hashFor(Duration time) {
        slowBinds.time = time;
    }

    /** Without encryption, on any free port. */
    static DirectoryServer plain() throws LDAPException {
        return start(InMemoryListenerConfig.createLDAPConfig("plain", 0));
    }

    /** With StartTLS on one port and TLS on another. */
    static DirectoryServer encrypted(SSLContext tls) throws LDAPException {
        return start(
                InMemoryListenerConfig.createLDAPConfig("plain", null, 0, tls.getSocketFactory()),
                InMemoryListenerConfig.createLDAPSConfig("tls", null, 0, tls.getServerSocketFactory(), null));
    }

    private static DirectoryServer start(InMemoryListenerConfig... listeners) throws LDAPException {
        InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig("dc=example,dc=org");
        config.setSchema(null);
        config.setListenerConfigs(listeners);
        config.setAuthenticationRequiredOperationTypes(OperationType.SEARCH);
        SlowBinds slowBinds = new SlowBinds();
        config.addInMemoryOperationInterceptor(slowBinds);
        InMemoryDirectoryServer server = new InMemoryDirectoryServer(config);
        DirectoryServer directory = new DirectoryServer(server, slowBinds);
        directory.add("dc=example,dc=org", "objectClass: domain", "dc: example");
        directory.add(READER, "objectClass: person", "cn: reader", "userPassword: " + READER_PASSWORD);
        directory.add(PEOPLE, "objectClass: organizationalUnit", "ou: people");
        directory.add(GROUPS, "objectClass: organizationalUnit", "ou: groups");
        server.startListening();
        return directory;
    }

    String url() {
        return "ldap://localhost:" + server.getListenPort("plain");
    }

    String tlsUrl() {
        return "ldaps://localhost:" + server.getListenPort("tls");
    }

    /** A person with the password {@code <uid>-secret}, and more lines of LDIF. */
    void addPerson(String uid, String... lines) {
        add("uid=" + uid + "," + PEOPLE, "objectClass: person", "uid: " + uid, "userPassword: " + uid + "-secret");
        change("uid=" + uid + "," + PEOPLE, lines);
    }

    void add(String dn, String... lines) {
        try {
            server.add(ldif(dn, lines));
        } catch (LDAPException | LDIFException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Adds attributes. */
    void change(String dn, String... lines) {
        for (String line : lines) {
            String attribute = line.substring(0, line.indexOf(':'));
            modify(dn, "add: " + attribute, line);
        }
    }

    void modify(String dn, String... lines) {
        try {
            server.modify(ldif(dn, concat("changetype: modify", lines)));
        } catch (LDAPException | LDIFException failure) {
            throw new IllegalStateException(failure);
        }
    }

    void rename(String dn, String newRdn) {
        try {
            server.modifyDN(dn, newRdn, true);
        } catch (LDAPException failure) {
            throw new IllegalStateException(failure);
        }
    }

    void delete(String dn) {
        try {
            server.delete(dn);
        } catch (LDAPException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static String[] ldif(String dn, String... lines) {
        return concat("dn: " + dn, lines);
    }

    private static String[] concat(String first, String... rest) {
        List<String> all = new ArrayList<>(List.of(rest));
        all.add(0, first);
        return all.toArray(String[]::new);
    }

    /** Existing connections end too. */
    void stop() {
        server.shutDown(true);
    }

    @Override
    public void close() {
        server.shutDown(true);
    }

    private static final class SlowBinds extends InMemoryOperationInterceptor {
        private volatile Duration time = Duration.ZERO;

        @Override
        public void processSimpleBindRequest(InMemoryInterceptedSimpleBindRequest bind) {
            if (bind.getRequest().getBindDN().startsWith("uid=")) {
                LockSupport.parkNanos(time.toNanos());
            }
        }
    }
}
