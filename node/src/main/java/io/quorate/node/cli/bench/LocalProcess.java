package io.quorate.node.cli.bench;

import io.quorate.node.cli.client.Endpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** A process of this machine, found by the port it listens on; on Linux only. */
final class LocalProcess {
    private static final Path PROC = Path.of("/proc");
    private static final String LISTENING = "0A";

    /** USER_HZ, which is 100 on every Linux that Java runs on. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int USER_TICKS_FIELD = 11;

    /** In the names of HotSpot's threads C1 CompilerThread0, C2 CompilerThread0, as far as Linux keeps them. */
    private static final String COMPILER = " CompilerThre";

    private final Path folder;

    private LocalProcess(Path folder) {
        this.folder = folder;
    }

    /** The process, when it is one of this machine's and we may see it. */
    static Optional<LocalProcess> listeningOn(Endpoint endpoint) {
        boolean local = endpoint.host().startsWith("127.")
                || endpoint.host().equals("localhost")
                || endpoint.host().equals("::1");
        try {
            Optional<String> inode = local ? inode(endpoint.port()) : Optional.empty();
            return inode.isPresent() ? owner("socket:[" + inode.get() + "]") : Optional.empty();
        } catch (IOException noProc) {
            return Optional.empty();
        }
    }

    /** CPU time, user and system, since it began. */
    OptionalDouble cpuSeconds() {
        try {
            return OptionalDouble.of(cpuSeconds(folder));
        } catch (IOException ended) {
            return OptionalDouble.empty();
        }
    }

    /** The same without that of the JIT compiler's threads, which is spent once and not for each request. */
    OptionalDouble servingCpuSeconds() {
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(folder.resolve("task"))) {
            double seconds = cpuSeconds(folder);
            for (Path thread : threads) {
                seconds -= compilerSeconds(thread);
            }
            return OptionalDouble.of(seconds);
        } catch (IOException ended) {
            return OptionalDouble.empty();
        }
    }

    /** What a thread has spent if it is the compiler's; threads, and files below, may end while one looks. */
    private static double compilerSeconds(Path thread) {
        try {
            return Files.readString(thread.resolve("comm")).contains(COMPILER) ? cpuSeconds(thread) : 0;
        } catch (IOException ended) {
            return 0;
        }
    }

    /** Of a process or of one of its threads. */
    private static double cpuSeconds(Path folder) throws IOException {
        String stat = Files.readString(folder.resolve("stat"), StandardCharsets.ISO_8859_1);
        // The name, in brackets, may hold anything.
        List<String> fields = words(stat.substring(stat.lastIndexOf(')') + 1));
        double ticks =
                Double.parseDouble(fields.get(USER_TICKS_FIELD)) + Double.parseDouble(fields.get(USER_TICKS_FIELD + 1));
        return ticks / TICKS_PER_SECOND;
    }

    private static Optional<String> inode(int port) throws IOException {
        String suffix = String.format(Locale.ROOT, ":%04X", port);
        for (String table : List.of("net/tcp", "net/tcp6")) {
            for (String line : Files.readAllLines(PROC.resolve(table))) {
                List<String> fields = words(line);
                if (fields.get(1).endsWith(suffix) && fields.get(3).equals(LISTENING)) {
                    return Optional.of(fields.get(9));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<LocalProcess> owner(String socket) throws IOException {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                if (holds(process, socket)) {
                    return Optional.of(new LocalProcess(process));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean holds(Path process, String socket) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
            for (Path file : files) {
                if (target(file).equals(socket)) {
                    return true;
                }
            }
            return false;
        } catch (IOException notOurs) {
            return false;
        }
    }

    private static String target(Path file) {
        try {
            return Files.readSymbolicLink(file).toString();
        } catch (IOException closed) {
            return "";
        }
    }

    private static List<String> words(String line) {
        return List.of(line.trim().split("\\s+", -1));
    }
}
