package org.passkeygraft.accounts;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Hashtable;
import java.util.Map;
import javax.naming.AuthenticationException;
import javax.naming.CommunicationException;
import javax.naming.Context;
import javax.naming.InsufficientResourcesException;
import javax.naming.InterruptedNamingException;
import javax.naming.NamingException;
import javax.naming.ServiceUnavailableException;
import javax.naming.ldap.InitialLdapContext;
import javax.naming.ldap.LdapContext;
import javax.naming.ldap.StartTlsRequest;
import javax.naming.ldap.StartTlsResponse;
import javax.net.ssl.SSLSocketFactory;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.config.PasskeyConfiguration.Accounts;

/**
 * Connections to a directory, each for one question. Connecting and every answer may take five seconds; referrals are not
 * followed, for they would send passwords to servers that nobody configured.
 */
final class LdapServer {
    private static final System.Logger LOG = System.getLogger(LdapServer.class.getName());
    private static final String PATIENCE_MILLIS = "5000";

    private final Accounts.Ldap ldap;
    private final String binaryAttributes;

    /**
     * Speaks to the servers configured.
     *
     * @param binaryAttribute whose values are bytes, empty for none beside the standard's
     */
    LdapServer(Accounts.Ldap ldap, String binaryAttribute) {
        this.ldap = ldap;
        this.binaryAttributes = binaryAttribute;
    }

    /** What is asked of an open connection. */
    @FunctionalInterface
    interface Question<T> {
        T ask(LdapContext context) throws NamingException;
    }

    /**
     * Asks as the configured user.
     *
     * @throws UnavailableException if the directory cannot be asked, or does not let that user in
     */
    <T> T ask(Question<T> question) {
        try (Connection connection = open(ldap.user(), ldap.password().text())) {
            return question.ask(connection.context());
        } catch (NamingException e) {
            throw new UnavailableException("the directory cannot be asked", e);
        }
    }

    /** The same, for a start that tells what is wrong. */
    <T> T tryOut(Question<T> question) throws NamingException {
        try (Connection connection = open(ldap.user(), ldap.password().text())) {
            return question.ask(connection.context());
        }
    }

    /**
     * Whether the directory takes this password for that entry. Any answer but success refuses; an answer other than
     * "invalid credentials" is logged, for it may be a mistake in the configuration.
     *
     * @param password never empty: that would be no authentication at all (RFC 4513, section 5.1.2)
     * @throws UnavailableException if there was no answer
     */
    boolean binds(String dn, char[] password) {
        if (dn.isEmpty() || password.length == 0) {
            return false;
        }
        byte[] octets = utf8(password);
        try (Connection connection = open(dn, octets)) {
            return connection.context() != null;
        } catch (AuthenticationException e) {
            return false;
        } catch (NamingException e) {
            if (isOutage(e)) {
                throw new UnavailableException("the directory cannot check a password", e);
            }
            LOG.log(Level.WARNING, "the directory refused a bind as {0}: {1}", TypedName.oneLine(dn), e.toString());
            return false;
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }

    private static byte[] utf8(char[] password) {
        ByteBuffer buffer = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
        byte[] octets = new byte[buffer.remaining()];
        buffer.get(octets);
        buffer.clear();
        buffer.put(new byte[buffer.remaining()]);
        return octets;
    }

    /** Class by class, as the JDK's provider makes them; a time-out is the bare NamingException. */
    private static boolean isOutage(NamingException e) {
        return e instanceof CommunicationException
                || e instanceof ServiceUnavailableException
                || e instanceof InsufficientResourcesException
                || e instanceof InterruptedNamingException
                || e.getClass() == NamingException.class;
    }

    /** @param password text, or octets, which JNDI does not copy */
    @SuppressWarnings("JdkObsolete") // JNDI takes nothing but a Hashtable
    private Connection open(String user, Object password) throws NamingException {
        Map<String, Object> credentials = user.isEmpty()
                ? Map.of(Context.SECURITY_AUTHENTICATION, "none")
                : Map.of(
                        Context.SECURITY_AUTHENTICATION,
                        "simple",
                        Context.SECURITY_PRINCIPAL,
                        user,
                        Context.SECURITY_CREDENTIALS,
                        password);
        Hashtable<String, Object> environment = new Hashtable<>(Map.of(
                Context.INITIAL_CONTEXT_FACTORY,
                "com.sun.jndi.ldap.LdapCtxFactory",
                Context.PROVIDER_URL,
                String.join(" ", ldap.urls()),
                Context.REFERRAL,
                "ignore",
                "com.sun.jndi.ldap.connect.timeout",
                PATIENCE_MILLIS,
                "com.sun.jndi.ldap.read.timeout",
                PATIENCE_MILLIS,
                "java.naming.ldap.attributes.binary",
                binaryAttributes));
        if (ldap.startTls()) {
            return encrypted(environment, credentials);
        }
        environment.putAll(credentials);
        return new Connection(new InitialLdapContext(environment, null), () -> {});
    }

    /** No name and no password before the connection is encrypted and the server's certificate checked (RFC 4513, section 3). */
    private static Connection encrypted(Hashtable<String, Object> environment, Map<String, Object> credentials)
            throws NamingException {
        environment.put(Context.SECURITY_AUTHENTICATION, "none");
        LdapContext context = new InitialLdapContext(environment, null);
        try {
            StartTlsResponse tls = (StartTlsResponse) context.extendedOperation(new StartTlsRequest());
            HandshakeSockets sockets = new HandshakeSockets((SSLSocketFactory) SSLSocketFactory.getDefault());
            tls.negotiate(sockets);
            sockets.handshakeIsOver();
            for (Map.Entry<String, Object> entry : credentials.entrySet()) {
                context.addToEnvironment(entry.getKey(), entry.getValue());
            }
            context.reconnect(null);
            return new Connection(context, tls::close);
        } catch (IOException e) {
            context.close();
            CommunicationException unsafe = new CommunicationException("StartTLS failed: " + e.getMessage());
            unsafe.initCause(e);
            throw unsafe;
        } catch (NamingException | RuntimeException e) {
            context.close();
            throw e;
        }
    }

    /** One connection, closed after its question. */
    private record Connection(LdapContext context, Goodbye goodbye) implements AutoCloseable {
        @Override
        public void close() {
            try {
                goodbye.say();
            } catch (IOException e) {
                LOG.log(Level.DEBUG, "TLS did not end well", e);
            }
            try {
                context.close();
            } catch (NamingException e) {
                LOG.log(Level.DEBUG, "a connection did not close", e);
            }
        }
    }

    @FunctionalInterface
    private interface Goodbye {
        void say() throws IOException;
    }
}
