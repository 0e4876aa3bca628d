package io.quorate.node.cli.text;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * What a command reads from and writes to.
 *
 * @param out results, byte for byte
 * @param err remarks, progress and errors
 * @param terminal whether somebody watches {@code err}
 */
public record Console(InputStream in, OutputStream out, PrintStream err, boolean terminal) {
    /** The process' own. */
    public static Console ofProcess() {
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        return new Console(
                System.in, new FileOutputStream(FileDescriptor.out), err, Boolean.getBoolean("quorate.terminal"));
    }

    /** Prints a result and ends the line. */
    public void print(String text) throws IOException {
        print(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Prints a result and ends the line. */
    public void print(byte[] text) throws IOException {
        out.write(text);
        out.write('\n');
        out.flush();
    }

    /** Prints a remark and ends the line. */
    public void remark(String text) {
        err.println(text);
    }
}
