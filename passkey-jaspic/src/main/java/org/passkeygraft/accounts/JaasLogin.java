package org.passkeygraft.accounts;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.security.Principal;
import java.security.URIParameter;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.naming.NamingException;
import javax.naming.NamingSecurityException;
import javax.security.auth.Subject;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.Configuration;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import org.jspecify.annotations.Nullable;
import org.passkeygraft.Caller;
import org.passkeygraft.ContainerRealm;
import org.passkeygraft.UnavailableException;
import org.passkeygraft.config.ConfigurationException;
import org.passkeygraft.config.PasskeyConfiguration.Accounts;
import org.passkeygraft.config.Problem;

/**
 * Asks a login entry of JAAS whose password it is, and logs off again at once: only the names are kept. Its modules are
 * found through the application's class loader. Safe for use by many threads.
 */
final class JaasLogin implements ContainerRealm {
    private static final System.Logger LOG = System.getLogger(JaasLogin.class.getName());
    private static final String ENTRY = "passkey.accounts.jaas.entry";
    private static final String FILE = "passkey.accounts.jaas.file";
    /** What {@link Throwable#toString} begins with. */
    private static final Pattern EXCEPTION = Pattern.compile("[\\w.$]+(Exception|Error)\\b");

    private final Accounts.Jaas jaas;
    private final @Nullable Configuration configuration;
    private final ClassLoader application;

    private JaasLogin(Accounts.Jaas jaas, @Nullable Configuration configuration, ClassLoader application) {
        this.jaas = jaas;
        this.configuration = configuration;
        this.application = application;
    }

    /**
     * Looks whether there is such an entry, and its modules.
     *
     * @throws ConfigurationException if not
     */
    static JaasLogin of(Accounts.Jaas jaas, ClassLoader application) {
        @Nullable Configuration own = jaas.file().map(JaasLogin::read).orElse(null);
        JaasLogin login = new JaasLogin(jaas, own, application);
        for (AppConfigurationEntry module : login.entry()) {
            login.refuseUnlessFound(module.getLoginModuleName());
        }
        return login;
    }

    private static Configuration read(Path file) {
        try {
            return Configuration.getInstance("JavaLoginConfig", new URIParameter(file.toUri()));
        } catch (NoSuchAlgorithmException e) {
            throw refused(
                    FILE,
                    file.toString(),
                    "it cannot be read: "
                            + Optional.ofNullable(e.getCause()).orElse(e).getMessage());
        }
    }

    /** LoginContext would fall back to the entry {@code other}, which is anybody's. */
    private List<AppConfigurationEntry> entry() {
        AppConfigurationEntry @Nullable [] modules;
        try {
            modules = (configuration == null ? Configuration.getConfiguration() : configuration)
                    .getAppConfigurationEntry(jaas.entry());
        } catch (SecurityException none) {
            modules = null;
        }
        if (modules == null) {
            String where = jaas.file()
                    .map(Path::toString)
                    .orElse("the JVM's login configuration (-Djava.security.auth.login.config)");
            throw refused(ENTRY, jaas.entry(), "there is no such entry in " + where);
        }
        return List.of(modules);
    }

    private void refuseUnlessFound(String module) {
        try {
            Class.forName(module, false, application);
        } catch (ClassNotFoundException | LinkageError missing) {
            throw refused(
                    ENTRY, jaas.entry(), "its login module " + module + " is not on the application's class path");
        }
    }

    private static ConfigurationException refused(String key, String value, String remedy) {
        return new ConfigurationException(List.of(new Problem(key, value, remedy)));
    }

    @Override
    public Optional<Caller> caller(String username, char[] password) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // LoginContext looks for modules there.
        thread.setContextClassLoader(application);
        try {
            LoginContext context = new LoginContext(
                    jaas.entry(), new Subject(), new PasswordCallbacks(username, password), new OneEntry(entry()));
            context.login();
            try {
                return caller(context.getSubject());
            } finally {
                logOff(context);
            }
        } catch (LoginException e) {
            if (isRefusal(e)) {
                return Optional.empty();
            }
            throw new UnavailableException("the login entry " + jaas.entry() + " cannot be asked", e);
        } catch (ConfigurationException | SecurityException e) {
            throw new UnavailableException("the login entry " + jaas.entry() + " is not there any more", e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static void logOff(LoginContext context) {
        try {
            context.logout();
        } catch (LoginException e) {
            LOG.log(Level.DEBUG, "a login module does not log off", e);
        }
    }

    /**
     * Which exceptions mean that the password was wrong: those that JAAS has for it, and the bare LoginException that many
     * modules throw instead. A directory's own "no" is one too. What was caused by a broken connection, or is a defect of a
     * module, which LoginContext reports as a bare one with a stack trace for its message and some modules as one with
     * another exception's text, means that nobody could tell.
     */
    private static boolean isRefusal(LoginException e) {
        if (e instanceof FailedLoginException && e.getCause() instanceof NamingSecurityException) {
            return true;
        }
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException
                    || cause instanceof SQLException
                    || cause instanceof NamingException
                    || cause instanceof UnsupportedCallbackException
                    || cause instanceof RuntimeException
                    || cause instanceof Error) {
                return false;
            }
        }
        String message = String.valueOf(e.getMessage());
        boolean defect = e.getClass() == LoginException.class
                && (message.contains("\tat ") || EXCEPTION.matcher(message).lookingAt());
        return !defect;
    }

    private Optional<Caller> caller(Subject subject) {
        Set<Principal> principals = subject.getPrincipals();
        Set<String> groups = names(principals.stream().filter(principal -> is(principal, jaas.roleClasses())));
        Set<String> users = names(principals.stream().filter(principal -> isUser(principal)));
        if (users.size() == 1) {
            return Optional.of(new Caller(users.iterator().next(), groups));
        }
        LOG.log(
                Level.WARNING,
                "login entry {0} gives {1} principals that could name the account: nobody is let in;"
                        + " set passkey.accounts.jaas.user-classes to the class of the right one",
                jaas.entry(),
                users.size());
        return Optional.empty();
    }

    private boolean isUser(Principal principal) {
        return jaas.userClasses().isEmpty() ? !is(principal, jaas.roleClasses()) : is(principal, jaas.userClasses());
    }

    private static Set<String> names(Stream<Principal> principals) {
        return principals
                .map(Principal::getName)
                .filter(name -> name != null && !name.isBlank())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** By the name of its class or of one that it extends: the class itself may come from another class loader. */
    private static boolean is(Principal principal, Set<String> classes) {
        return Stream.<Class<?>>iterate(principal.getClass(), type -> type != null, Class::getSuperclass)
                .anyMatch(type -> classes.contains(type.getName()));
    }

    /** The entry as it is now, whatever it is asked for: there is no other to fall back to. */
    private static final class OneEntry extends Configuration {
        private final List<AppConfigurationEntry> modules;

        OneEntry(List<AppConfigurationEntry> modules) {
            this.modules = modules;
        }

        @Override
        public AppConfigurationEntry[] getAppConfigurationEntry(String name) {
            return modules.toArray(AppConfigurationEntry[]::new);
        }
    }
}
