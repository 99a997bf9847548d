package org.passkeygraft.servers.wars.neighbour;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableList;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URL;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.LoggerFactory;

/** Uses each of the application's libraries and says which one it got. */
public final class LibrariesServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Map<String, Object> used = new TreeMap<>();
        used.put(
                "guava",
                jar(ImmutableList.class) + " " + ImmutableList.of(1, 2, 3).reverse());
        used.put("hikari", jar(HikariDataSource.class) + " " + pooled());
        used.put("jackson", jar(ObjectMapper.class) + " " + new ObjectMapper().version());
        used.put("persistence", jar(Persistence.class) + " " + persisted());
        LoggerFactory.getLogger(LibrariesServlet.class).info("the libraries were asked for");
        used.put(
                "slf4j",
                jar(LoggerFactory.class) + " "
                        + LoggerFactory.getILoggerFactory().getClass().getName());
        response.setContentType("application/json");
        new ObjectMapper().writeValue(response.getOutputStream(), used);
    }

    private static String pooled() {
        HikariConfig config = new HikariConfig();
        config.setDataSourceClassName("org.h2.jdbcx.JdbcDataSource");
        config.addDataSourceProperty("url", "jdbc:h2:mem:pooled");
        try (HikariDataSource pool = new HikariDataSource(config);
                Connection connection = pool.getConnection()) {
            return connection.getMetaData().getDatabaseProductVersion();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** By the unit that the application's persistence.xml describes, which names no provider. */
    private static String persisted() {
        EntityManagerFactory factory = Persistence.createEntityManagerFactory("application");
        try {
            EntityManager manager = factory.createEntityManager();
            manager.getTransaction().begin();
            manager.persist(new Note(1, "kept"));
            manager.getTransaction().commit();
            manager.clear();
            String text = manager.find(Note.class, 1L).text();
            manager.close();
            return factory.getClass().getName() + " " + text;
        } finally {
            factory.close();
        }
    }

    private static String jar(Class<?> type) {
        URL location = type.getProtectionDomain().getCodeSource().getLocation();
        return location.getPath().replaceAll("!/$", "").replaceAll(".*/", "");
    }
}
