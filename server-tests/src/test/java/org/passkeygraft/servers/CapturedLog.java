package org.passkeygraft.servers;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.function.Predicate;

/** What a server's process writes, kept for whoever wants to know why a test failed. Thread-safe. */
final class CapturedLog {
    private static final int LONGEST = 4_000_000;

    private final StringBuilder text = new StringBuilder();
    private boolean ended;

    /** Reads on a thread of its own until the writer ends. */
    static CapturedLog of(BufferedReader source) {
        CapturedLog log = new CapturedLog();
        Thread reader = new Thread(() -> log.readAll(source), "server log");
        reader.setDaemon(true);
        reader.start();
        return log;
    }

    private void readAll(BufferedReader source) {
        try (source) {
            for (String line = source.readLine(); line != null; line = source.readLine()) {
                append(line);
            }
        } catch (IOException closed) {
            append("(" + closed + ")");
        } finally {
            end();
        }
    }

    private synchronized void append(String line) {
        if (text.length() < LONGEST) {
            text.append(line).append('\n');
        }
        notifyAll();
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** Waits for a text to be logged; false if the process ended or the time was up before that. */
    synchronized boolean await(Predicate<String> condition, long milliseconds) throws InterruptedException {
        long end = System.nanoTime() + milliseconds * 1_000_000;
        while (!condition.test(text.toString())) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (ended || left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    @Override
    public synchronized String toString() {
        return text.toString();
    }
}
