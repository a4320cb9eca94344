package dev.stowage.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * The program without Java that is the baseline of a figure. It keeps running, so that both sides
 * can be measured in turns: for a line {@code figure input count} it runs the figure that many
 * times and prints a line {@code NANOS n}.
 */
final class Peer implements AutoCloseable {
  private static final String ANSWER = "NANOS ";

  private final Process process;
  private final Writer to;
  private final BufferedReader from;

  Peer(String program) throws IOException {
    process = new ProcessBuilder(program).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    to =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    from =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Returns the total nanoseconds of {@code count} runs. */
  long nanos(String figure, Object input, int count) throws IOException {
    to.write(figure + " " + input + " " + count + "\n");
    to.flush();
    String line = from.readLine();
    if (line == null || !line.startsWith(ANSWER)) {
      throw new IOException("asked for " + figure + ", the peer said: " + line);
    }
    return Long.parseLong(line.substring(ANSWER.length()));
  }

  @Override
  public void close() throws IOException {
    to.close();
    int exit = process.onExit().join().exitValue();
    if (exit != 0) {
      throw new IOException("the peer ended with " + exit);
    }
  }
}
