package io.quorate.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** One node of a local cluster, in a process of its own that can be killed, paused and started again. */
final class NodeProcess {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Where an entry of the log begins; what follows its first line is a stack trace. */
    private static final Pattern NEXT_ENTRY = Pattern.compile("\n(?=[0-9:.]{12} [A-Z]+ )");

    private final String id;
    private final List<String> command;
    private final Path log;
    private Optional<Process> process = Optional.empty();

    /**
     * A node that does not run yet.
     *
     * @param command starts it
     * @param log all that it prints, in all its lives
     */
    NodeProcess(String id, List<String> command, Path log) {
        this.id = id;
        this.command = List.copyOf(command);
        this.log = log;
    }

    String id() {
        return id;
    }

    boolean isRunning() {
        return process.filter(Process::isAlive).isPresent();
    }

    /** Starts it, and does not wait until it serves. */
    void start() {
        assertThat(isRunning()).as(id + " runs").isFalse();
        try {
            process = Optional.of(new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.appendTo(log.toFile()))
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As a power cut would end it, but for the disk (SIGKILL). */
    void kill() {
        process.ifPresent(Process::destroyForcibly);
        awaitEnd();
    }

    /** Asks it to stop (SIGTERM), and does not wait until it has. */
    void terminate() {
        running().destroy();
    }

    /** SIGSTOP: it is silent, and nobody is told. */
    void pause() {
        signal("STOP");
    }

    /** SIGCONT. */
    void resume() {
        signal("CONT");
    }

    /** Waits for its end, and says with what status it ended; fails if it does not end. */
    int awaitEnd() {
        return awaitEnd(PATIENCE);
    }

    /** Waits for its end that long at most. */
    int awaitEnd(Duration atMost) {
        try {
            Process ending = process.orElseThrow();
            assertThat(ending.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS))
                    .as(id + " ended in time; it said " + logLines())
                    .isTrue();
            return ending.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What its log says of at least this level, WARN or ERROR, each with its stack trace. */
    List<String> problems(String level) {
        String levels = level.equals("WARN") ? "WARN|ERROR" : level;
        return NEXT_ENTRY
                .splitAsStream(String.join("\n", logLines()))
                .filter(entry -> entry.matches("(?s)[0-9:.]{12} (" + levels + ") .*"))
                .toList();
    }

    List<String> logLines() {
        try {
            return Files.readAllLines(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process running() {
        assertThat(isRunning()).as(id + " runs").isTrue();
        return process.orElseThrow();
    }

    private void signal(String name) {
        try {
            Process kill = new ProcessBuilder(
                            "kill", "-" + name, Long.toString(running().pid()))
                    .inheritIO()
                    .start();
            assertThat(kill.waitFor()).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
