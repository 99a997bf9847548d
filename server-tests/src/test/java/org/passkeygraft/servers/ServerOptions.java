package org.passkeygraft.servers;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What one start of a server differs in from the others.
 *
 * @param workers how many requests it serves at the same time
 * @param tomcatUsers users of Tomcat's own {@code UserDatabaseRealm}: name to password and roles
 * @param javaOptions further options of a Tomcat's Java, such as {@code -Djava.security.auth.login.config=…}
 * @param tomcatLibraries jars beside a Tomcat's own, such as the driver of its realm's database
 * @param mayRefuse whether an application that does not start is wanted rather than an error
 */
public record ServerOptions(
        int workers,
        Map<String, TomcatUser> tomcatUsers,
        List<String> javaOptions,
        List<Path> tomcatLibraries,
        boolean mayRefuse) {
    private static final int ENOUGH_WORKERS = 40;

    public ServerOptions {
        tomcatUsers = Map.copyOf(tomcatUsers);
        javaOptions = List.copyOf(javaOptions);
        tomcatLibraries = List.copyOf(tomcatLibraries);
    }

    public static ServerOptions defaults() {
        return new ServerOptions(ENOUGH_WORKERS, Map.of(), List.of(), List.of(), false);
    }

    public ServerOptions withWorkers(int number) {
        return new ServerOptions(number, tomcatUsers, javaOptions, tomcatLibraries, mayRefuse);
    }

    public ServerOptions withTomcatUsers(Map<String, TomcatUser> users) {
        return new ServerOptions(workers, users, javaOptions, tomcatLibraries, mayRefuse);
    }

    public ServerOptions withJavaOptions(String... options) {
        return new ServerOptions(workers, tomcatUsers, List.of(options), tomcatLibraries, mayRefuse);
    }

    public ServerOptions withTomcatLibraries(Path... jars) {
        return new ServerOptions(workers, tomcatUsers, javaOptions, List.of(jars), mayRefuse);
    }

    /** For tests of what must not start. */
    public ServerOptions allowingRefusal() {
        return new ServerOptions(workers, tomcatUsers, javaOptions, tomcatLibraries, true);
    }

    /** A line of {@code tomcat-users.xml}. */
    public record TomcatUser(String password, List<String> roles) {
        public TomcatUser {
            roles = List.copyOf(roles);
        }
    }
}
