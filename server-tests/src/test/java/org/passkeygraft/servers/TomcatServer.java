package org.passkeygraft.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A Tomcat in a process of its own, with a directory of its own ({@code CATALINA_BASE}). */
final class TomcatServer implements RunningServer {
    private static final int TRIES = 3;
    private static final long START_MILLISECONDS = 180_000;
    private static final long STOP_SECONDS = 20;
    private static final String STARTED = "Server startup in";
    private static final String PORT_TAKEN = "java.net.BindException";
    private static final String REFUSED = "startup failed due to previous errors";
    private static final String BROKEN = "Error deploying web application";

    private final int port;
    private final Path base;
    private final Process process;
    private final CapturedLog log;
    private final Thread lastResort;

    private TomcatServer(int port, Path base, Process process) {
        this.port = port;
        this.base = base;
        this.process = process;
        this.log = CapturedLog.of(process.inputReader(UTF_8));
        this.lastResort = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(lastResort);
    }

    static TomcatServer start(Path home, ServerOptions options, List<Deployment> deployments) {
        if (!Files.isRegularFile(home.resolve("bin/bootstrap.jar"))) {
            throw new IllegalStateException("no Tomcat in " + home.toAbsolutePath()
                    + ": run mvn -pl server-tests generate-test-resources once");
        }
        try {
            for (int attempt = 1; ; attempt++) {
                TomcatServer server = launch(home, options, deployments);
                String failure = server.awaitStart(options.mayRefuse());
                if (failure.isEmpty()) {
                    return server;
                }
                server.close();
                if (attempt == TRIES || !failure.contains(PORT_TAKEN)) {
                    throw new IllegalStateException(home.getFileName() + " does not start:\n" + failure);
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private static TomcatServer launch(Path home, ServerOptions options, List<Deployment> deployments)
            throws IOException {
        int port = freePort();
        Path base = Files.createTempDirectory("tomcat").toRealPath();
        TomcatBase.write(base, home, port, options, deployments);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dfile.encoding=UTF-8",
                "-Dcatalina.home=" + home.toAbsolutePath(),
                "-Dcatalina.base=" + base,
                "-Djava.io.tmpdir=" + base.resolve("temp"),
                "-Dpasskey.rp.id=localhost",
                "-Dpasskey.rp.origins=http://localhost:" + port));
        command.addAll(options.javaOptions());
        command.addAll(List.of(
                "-cp",
                home.resolve("bin/bootstrap.jar")
                        + System.getProperty("path.separator")
                        + home.resolve("bin/tomcat-juli.jar"),
                "org.apache.catalina.startup.Bootstrap",
                "start"));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(base.toFile()).redirectErrorStream(true);
        // Of this machine's settings none may decide what is tested.
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("PASSKEY_") || name.equals("JAVA_TOOL_OPTIONS"));
        return new TomcatServer(port, base, builder.start());
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    /** Empty when everything has started, else what was logged. */
    private String awaitStart(boolean mayRefuse) throws InterruptedException {
        boolean started = log.await(text -> text.contains(STARTED), START_MILLISECONDS);
        String text = log.toString();
        boolean refused = text.contains(REFUSED) || text.contains(BROKEN);
        boolean deaf = text.contains(PORT_TAKEN);
        return started && !deaf && (mayRefuse || !refused) ? "" : text;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public String log() {
        return log.toString();
    }

    /** Asks it to stop, so that applications end as they would; kills it after twenty seconds. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().removeShutdownHook(lastResort);
        Directories.delete(base);
    }

    /** The files of a {@code CATALINA_BASE}. */
    private static final class TomcatBase {
        static void write(Path base, Path home, int port, ServerOptions options, List<Deployment> deployments)
                throws IOException {
            Path conf = Files.createDirectory(base.resolve("conf"));
            for (String directory : List.of("logs", "temp", "work", "webapps")) {
                Files.createDirectory(base.resolve(directory));
            }
            Files.copy(home.resolve("conf/web.xml"), conf.resolve("web.xml"));
            Files.writeString(conf.resolve("server.xml"), server(port, options.workers()));
            Files.writeString(conf.resolve("tomcat-users.xml"), users(options.tomcatUsers()));
            Path libraries = Files.createDirectory(base.resolve("lib"));
            for (Path jar : options.tomcatLibraries()) {
                Files.copy(jar, libraries.resolve(jar.getFileName()));
            }
            for (Deployment deployment : deployments) {
                deploy(base.resolve("webapps"), deployment);
            }
        }

        /** A directory stays where it is, so that one can be deployed on several servers; Tomcat never writes into it. */
        private static void deploy(Path webapps, Deployment deployment) throws IOException {
            String name = deployment.contextPath().isEmpty()
                    ? "ROOT"
                    : deployment.contextPath().substring(1).replace('/', '#');
            if (Files.isDirectory(deployment.war())) {
                Files.createSymbolicLink(webapps.resolve(name), deployment.war().toAbsolutePath());
            } else {
                Files.copy(deployment.war(), webapps.resolve(name + ".war"));
            }
        }

        private static String server(int port, int workers) {
            return """
                    <Server port="-1">
                      <GlobalNamingResources>
                        <Resource name="UserDatabase" auth="Container" type="org.apache.catalina.UserDatabase"
                                  factory="org.apache.catalina.users.MemoryUserDatabaseFactory"
                                  pathname="conf/tomcat-users.xml" readonly="true" watchSource="false"/>
                      </GlobalNamingResources>
                      <Service name="Catalina">
                        <Connector port="%d" address="127.0.0.1" protocol="HTTP/1.1" maxThreads="%d" minSpareThreads="1"
                                   connectionTimeout="60000"/>
                        <Engine name="Catalina" defaultHost="localhost">
                          <Realm className="org.apache.catalina.realm.LockOutRealm">
                            <Realm className="org.apache.catalina.realm.UserDatabaseRealm" resourceName="UserDatabase"/>
                          </Realm>
                          <Host name="localhost" appBase="webapps" unpackWARs="true" autoDeploy="false"/>
                        </Engine>
                      </Service>
                    </Server>
                    """.formatted(port, workers);
        }

        private static String users(Map<String, ServerOptions.TomcatUser> users) {
            return users.entrySet().stream()
                    .map(user -> "  <user username=\"" + user.getKey() + "\" password=\""
                            + user.getValue().password() + "\" roles=\""
                            + String.join(",", user.getValue().roles()) + "\"/>\n")
                    .collect(Collectors.joining("", "<tomcat-users>\n", "</tomcat-users>\n"));
        }
    }
}
