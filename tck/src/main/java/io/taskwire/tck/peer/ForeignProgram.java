/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A running program that is not of Java, and the lines it writes. What it writes to stderr goes to that of the test. Each
 * wait has a limit of 30 s, after which it throws an {@link AssertionError}.
 */
public final class ForeignProgram implements AutoCloseable {

  private static final long LIMIT_SECONDS = 30;
  private static final String END = "\0end";

  private final List<String> command;
  private final Process process;

  /** Written by the thread that reads, read by the test. */
  private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();

  /**
   * Starts a program.
   *
   * @param command the program and its arguments
   * @throws UncheckedIOException if it is not there
   */
  public ForeignProgram(List<String> command) {
    this.command = command;
    try {
      process = new ProcessBuilder(command)
          .redirectError(ProcessBuilder.Redirect.INHERIT)
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException("bin/test installs what is missing here", e);
    }
    Thread reader = new Thread(this::read, "reads " + command);
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    try (BufferedReader out = new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.ISO_8859_1))) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        lines.add(line);
      }
    } catch (IOException e) {
      // The process was killed; what came is kept.
    }
    lines.add(END);
  }

  /**
   * Gives it all it has to read.
   *
   * @param bytes the whole of its stdin, which is closed then
   * @return this
   */
  public ForeignProgram stdin(byte[] bytes) {
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /**
   * Waits for the next line.
   *
   * @return the line, each byte a character
   * @throws InterruptedException if this thread is interrupted
   */
  public String nextLine() throws InterruptedException {
    String line = lines.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
    if (line == null || line.equals(END)) {
      throw new AssertionError(command + " writes no more");
    }
    return line;
  }

  /**
   * All lines to its end, which must be a good one.
   *
   * @return the lines that were not taken before
   * @throws InterruptedException if this thread is interrupted
   */
  public List<String> output() throws InterruptedException {
    List<String> all = new ArrayList<>();
    for (String line = lines.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
        !END.equals(line);
        line = lines.poll(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      if (line == null) {
        throw new AssertionError(command + " has not ended; it wrote " + all);
      }
      all.add(line);
    }
    int code = exitCode();
    if (code != 0) {
      throw new AssertionError(command + " ended with " + code + "; it wrote " + all);
    }
    return all;
  }

  /**
   * Waits for its end.
   *
   * @return what it ended with
   * @throws InterruptedException if this thread is interrupted
   */
  public int exitCode() throws InterruptedException {
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError(command + " has not ended");
    }
    return process.exitValue();
  }

  /** Kills it and what it has started. */
  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
  }
}
