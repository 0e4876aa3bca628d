package io.quorate.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.node.cli.Quorate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One run of the command line, in a process of its own. */
final class CommandLineProcess implements AutoCloseable {
    private static final int MINUTES_MAX = 15;

    private final Process process;
    private final Path out;
    private final Path err;

    private CommandLineProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Starts {@code quorate ARGUMENTS}; what it prints goes to files in the folder. */
    static CommandLineProcess start(Path folder, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Quorate.class.getName()));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(folder, arguments[0], ".out");
        Path err = Files.createTempFile(folder, arguments[0], ".err");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        return new CommandLineProcess(process, out, err);
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /** Waits until it has ended with status 0. */
    void awaitSuccess() throws IOException, InterruptedException {
        assertThat(process.waitFor(MINUTES_MAX, TimeUnit.MINUTES))
                .as("it ended")
                .isTrue();
        assertThat(process.exitValue()).as(Files.readString(err)).isZero();
    }

    Path out() {
        return out;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
