package org.passkeygraft.servers.wars;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.passkeygraft.servers.Deployment;
import org.passkeygraft.servers.RunningServer;
import org.passkeygraft.servers.ServerKind;
import org.passkeygraft.servers.WarBuilder;
import org.passkeygraft.servers.application.CallerServlet;
import org.passkeygraft.servers.wars.neighbour.LibrariesServlet;
import org.passkeygraft.testing.ScreenlessBrowser;
import org.passkeygraft.testing.ScreenlessBrowser.Answer;

/** An application with old libraries, and the graft beside them: either works as if the other were not there (T-104). */
class NeighboursIT {
    private static final String WEB_XML = """
            <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
              <servlet>
                <servlet-name>libraries</servlet-name>
                <servlet-class>org.passkeygraft.servers.wars.neighbour.LibrariesServlet</servlet-class>
              </servlet>
              <servlet-mapping>
                <servlet-name>libraries</servlet-name>
                <url-pattern>/libraries</url-pattern>
              </servlet-mapping>
              <servlet>
                <servlet-name>caller</servlet-name>
                <servlet-class>org.passkeygraft.servers.application.CallerServlet</servlet-class>
              </servlet>
              <servlet-mapping>
                <servlet-name>caller</servlet-name>
                <url-pattern>/caller</url-pattern>
              </servlet-mapping>
              <security-constraint>
                <web-resource-collection>
                  <web-resource-name>callers</web-resource-name>
                  <url-pattern>/caller</url-pattern>
                </web-resource-collection>
                <auth-constraint>
                  <role-name>user</role-name>
                </auth-constraint>
              </security-constraint>
              <security-role>
                <role-name>user</role-name>
              </security-role>
            </web-app>
            """;

    /** Whoever is found first may have it. */
    private static final String PERSISTENCE_XML = """
            <persistence xmlns="https://jakarta.ee/xml/ns/persistence" version="3.0">
              <persistence-unit name="application" transaction-type="RESOURCE_LOCAL">
                <class>org.passkeygraft.servers.wars.neighbour.Note</class>
                <exclude-unlisted-classes>true</exclude-unlisted-classes>
                <properties>
                  <property name="jakarta.persistence.jdbc.driver" value="org.h2.Driver"/>
                  <property name="jakarta.persistence.jdbc.url" value="jdbc:h2:mem:application"/>
                  <property name="jakarta.persistence.schema-generation.database.action" value="create"/>
                </properties>
              </persistence-unit>
            </persistence>
            """;

    /** What logback writes, in a form that no other binding has. */
    private static final String LOGBACK_XML = """
            <configuration>
              <appender name="console" class="ch.qos.logback.core.ConsoleAppender">
                <encoder><pattern>LOGBACK %msg%n</pattern></encoder>
              </appender>
              <root level="info"><appender-ref ref="console"/></root>
            </configuration>
            """;

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void anApplicationWithItsOwnLibrariesAndTheGraftDoNotMeet(ServerKind kind) {
        try (RunningServer server = kind.start(List.of(
                Deployment.of("/hibernate", grafted("hibernate")),
                Deployment.of(
                        "/hibernate-before", application("hibernate", "before").build()),
                Deployment.of("/eclipselink", grafted("eclipselink")),
                Deployment.of(
                        "/eclipselink-before",
                        application("eclipselink", "before").build())))) {
            for (String provider : List.of("hibernate", "eclipselink")) {
                String before = libraries(server, "/" + provider + "-before");

                assertThat(libraries(server, "/" + provider)).as(server.log()).isEqualTo(before);
                assertThat(before)
                        .contains("jackson-databind-2.9.10.jar 2.9.10")
                        .contains("guava-18.0.jar [3, 2, 1]")
                        .contains("HikariCP-4.0.3.jar 2.2.224")
                        .contains("slf4j-api-1.7.36.jar ch.qos.logback.classic.LoggerContext");
                assertThat(Views.of(server.uri("/" + provider), "caller", "caller=member"))
                        .as(server.log())
                        .isEqualTo(Views.RIGHT);
            }
            if (kind.isTomcat()) {
                assertThat(server.log()).contains("LOGBACK the libraries were asked for");
            }
            assertThat(libraries(server, "/hibernate"))
                    .contains("jakarta.persistence-api-3.1.0.jar org.hibernate.internal.SessionFactoryImpl kept");
            assertThat(libraries(server, "/eclipselink"))
                    .contains("jakarta.persistence-api-3.0.0.jar"
                            + " org.eclipse.persistence.internal.jpa.EntityManagerFactoryImpl kept");
        }
    }

    private WarBuilder application(String provider, String state) {
        WarBuilder war = WarBuilder.inDirectory(directory.resolve(provider + "-" + state))
                .webXml(WEB_XML)
                .file("WEB-INF/classes/META-INF/persistence.xml", PERSISTENCE_XML)
                .file("WEB-INF/classes/logback.xml", LOGBACK_XML)
                .classesOf(LibrariesServlet.class.getPackage())
                .classes(CallerServlet.class);
        Artifacts.neighbours("old").forEach(war::jar);
        Artifacts.neighbours(provider).forEach(war::jar);
        return war;
    }

    private Path grafted(String provider) {
        return application(provider, "grafted")
                .graft(Accounts.settings(directory.resolve(provider), "user"), jar -> !jar.startsWith("h2-"))
                .build();
    }

    private static String libraries(RunningServer server, String context) {
        Answer answer = new ScreenlessBrowser(server.uri(context)).visit("libraries");
        assertThat(answer.status()).as(answer.body() + server.log()).isEqualTo(200);
        return answer.body();
    }
}
