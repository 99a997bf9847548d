package org.passkeygraft.sample.benchmark;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a logon costs beside the least it could cost: servers in processes of their own, measured in turn, round by round.
 * Signing is the client's and not counted. Properties: sample.war, bench.warm, bench.rounds, bench.operations,
 * bench.postgres, bench.jvm.
 */
final class LogonBenchmark {
    private static final int WARM = Integer.getInteger("bench.warm", 20_000);
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
    private static final int OPERATIONS = Integer.getInteger("bench.operations", 2_000);
    /** More of what takes no time, which is counted in 10 ms. */
    private static final int CHEAP_OPERATIONS = 10 * OPERATIONS;

    private static final int CEREMONIES = 10_000;
    private static final int SESSIONS = 3_000;
    private static final Path WAR = Path.of(System.getProperty("sample.war", "target/sample-war.war"));

    private final Path directory;
    private final List<Contestant> contestants = new ArrayList<>();

    private LogonBenchmark(Path directory) {
        this.directory = directory;
    }

    public static void main(String[] arguments) throws Exception {
        LogonBenchmark benchmark = new LogonBenchmark(Files.createTempDirectory("benchmark"));
        System.out.printf(
                Locale.ROOT,
                "Java %s, %d processors, %d to warm up, %d rounds of %d%n",
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                WARM,
                ROUNDS,
                OPERATIONS);
        try {
            benchmark.firstLogon();
            benchmark.compareOn(
                    "H2",
                    "jdbc:h2:file:" + benchmark.directory + "/floor",
                    "jdbc:h2:file:" + benchmark.directory + "/graft");
            if (Boolean.getBoolean("bench.postgres")) {
                benchmark.compareOnPostgres();
            }
        } finally {
            benchmark.close();
        }
    }

    private void compareOnPostgres() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            try (var connection = postgres.getPostgresDatabase().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("create database floor");
                statement.execute("create database graft");
            }
            compareOn("PostgreSQL", postgres.getJdbcUrl("postgres", "floor"), postgres.getJdbcUrl("postgres", "graft"));
            close();
        }
    }

    /** C10: the first logon of a server that knows the passkey from before, beside a later one. */
    private void firstLogon() throws Exception {
        String database = "jdbc:h2:file:" + directory + "/first";
        Contestant graft = Contestant.graft("graft", startGraft("first", database));
        for (int run = 0; run < 3; run++) {
            graft.server().close();
            graft.moveTo(startGraft("first", database));
            Duration start = graft.server().cpu();
            Duration first = graft.timeLogOn();
            Duration afterFirst = graft.server().cpu();
            for (int i = 0; i < 100; i++) {
                graft.logOn();
            }
            System.out.printf(
                    Locale.ROOT,
                    "C10 first logon after start: %d ms, %d ms CPU; the 102nd %d ms; start-up %d ms CPU%n",
                    first.toMillis(),
                    afterFirst.minus(start).toMillis(),
                    graft.timeLogOn().toMillis(),
                    start.toMillis());
        }
        graft.close();
    }

    private void compareOn(String kind, String floorUrl, String graftUrl) throws Exception {
        Contestant floor = add(Contestant.floor("floor, " + kind, startFloor("floor " + kind, floorUrl)));
        Contestant graft = add(Contestant.graft("graft, " + kind, startGraft("graft " + kind, graftUrl)));
        String strange = graft.answer();
        Measurement floorLogon = logon(floor);
        Measurement graftLogon = logon(graft);
        Measurement empty = new Measurement("empty POST", floor.server(), CHEAP_OPERATIONS, () -> floor.post("empty"));
        Measurement options = new Measurement("options, " + kind, graft.server(), CHEAP_OPERATIONS, graft::beginOnly);
        Measurement forged = new Measurement("forged logon, " + kind, graft.server(), OPERATIONS, graft::logOnForged);
        Measurement garbage = new Measurement(
                "answer to nothing, " + kind, graft.server(), CHEAP_OPERATIONS, () -> graft.answerNothing(strange));
        List<Measurement> all = List.of(floorLogon, graftLogon, empty, options, forged, garbage);
        for (Measurement measurement : all) {
            measurement.warm(measurement == forged ? WARM / 10 : WARM);
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (Measurement measurement : all) {
                measurement.round();
            }
        }
        all.forEach(System.out::println);
        ratio("C1 logon, graft to floor, " + kind, graftLogon.median() / floorLogon.median());
        ratio("C4 options to an empty POST", options.median() / empty.median());
        ratio("C9 forged to accepted", forged.median() / graftLogon.median());
        ratio("C9 answer to nothing, to two empty POSTs", garbage.median() / empty.median() / 2);
        memory(floor, graft);
    }

    private static Measurement logon(Contestant contestant) {
        return new Measurement("logon, " + contestant.name(), contestant.server(), OPERATIONS, contestant::logOn);
    }

    private static void ratio(String name, double ratio) {
        System.out.printf(Locale.ROOT, "%-44s %8.2f%n", name, ratio);
    }

    /** C6: what is left of pending ceremonies and of sessions, after a full collection. */
    private static void memory(Contestant floor, Contestant graft) throws Exception {
        System.out.printf(
                Locale.ROOT,
                "C6 bytes: pending ceremony %d; logon %d, of which %d stay without a session; floor's logon %d, empty session"
                        + " %d%n",
                bytesOf(graft, CEREMONIES, graft::beginOnly),
                bytesOf(graft, SESSIONS, graft::logOn),
                bytesOf(graft, SESSIONS, graft::logOnForged),
                bytesOf(floor, SESSIONS, floor::logOn),
                bytesOf(floor, SESSIONS, () -> floor.post("session")));
    }

    private static long bytesOf(Contestant contestant, int times, Measurement.Operation operation) throws Exception {
        long before = contestant.server().liveBytes();
        for (int i = 0; i < times; i++) {
            operation.run();
        }
        return Math.round((contestant.server().liveBytes() - before) / (double) times);
    }

    private Contestant add(Contestant contestant) {
        contestants.add(contestant);
        return contestant;
    }

    private ServerProcess startFloor(String name, String url) throws IOException {
        return ServerProcess.start(
                directory.resolve(name + ".log"),
                List.of("-cp", System.getProperty("java.class.path"), FloorServer.class.getName(), url));
    }

    private ServerProcess startGraft(String name, String url) throws IOException {
        return ServerProcess.start(
                directory.resolve(name + ".log"),
                List.of("-jar", WAR.toString(), "--port", "0", "--no-throttle", "--db", url));
    }

    private void close() throws IOException {
        for (Contestant contestant : contestants) {
            contestant.close();
        }
        contestants.clear();
    }
}
