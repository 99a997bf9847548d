package org.passkeygraft.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import org.h2.tools.Server;

/** Databases in this virtual machine that servers reach over TCP, so that a test can change them under their hands. */
final class ContractDatabase implements AutoCloseable {
    static final int NUMBERED_USERS = 60;

    private final Server tcp;

    private ContractDatabase(Server tcp) {
        this.tcp = tcp;
    }

    static ContractDatabase start() {
        try {
            return new ContractDatabase(
                    Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start());
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** How an application on a server reaches a database of this name. */
    String url(String name) {
        return "jdbc:h2:tcp://localhost:" + tcp.getPort() + "/mem:" + name + ";DB_CLOSE_DELAY=-1";
    }

    void execute(String name, String... commands) {
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1");
                var statement = connection.createStatement()) {
            for (String command : commands) {
                statement.execute(command);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** The tables of a legacy application: alice administers, bob and user1 to user60 work, carol is locked, dave has no role. */
    void createAccounts(String name) {
        execute(
                name,
                "drop all objects",
                "create table app_user (name varchar(50) primary key, password_hash varchar(200), locked boolean default false)",
                "create table app_user_role (name varchar(50), role varchar(50))");
        for (String user : List.of("alice", "bob", "carol", "dave")) {
            execute(name, "insert into app_user (name, password_hash) values ('" + user + "', '" + hash(user) + "')");
        }
        execute(
                name,
                "insert into app_user_role values ('alice', 'admin'), ('alice', 'user'), ('bob', 'user'), ('carol', 'user')",
                "update app_user set locked = true where name = 'carol'",
                "insert into app_user (name, password_hash) select 'user' || n, '" + hash("password")
                        + "' from generate_series(1, " + NUMBERED_USERS + ") as series(n)",
                "insert into app_user_role select name, 'user' from app_user where name like 'user%'");
    }

    private static String hash(String password) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(password.getBytes(UTF_8));
            return "{SHA256}" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void close() {
        tcp.stop();
    }
}
