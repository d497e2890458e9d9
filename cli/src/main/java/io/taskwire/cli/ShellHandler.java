/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.cli;

import io.taskwire.ContextTaskHandler;
import io.taskwire.TaskContext;
import io.taskwire.TaskFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Handles each task by a process of its own.
 *
 * @param <T> payload and result
 */
final class ShellHandler<T> implements ContextTaskHandler<T, T> {

  /** A terminal sends SIGINT to all of its processes; those that run shall end like the tasks they are. */
  private static final String WITHOUT_INTERRUPT = "trap '' INT\n";

  private final Format<T> format;
  private final String command;
  private final int maxOutput;
  private final boolean progress;

  /** Three a running command, since each of its streams can block. */
  private final ExecutorService pumps = Executors.newCachedThreadPool(run -> {
    Thread thread = new Thread(run, "taskwire-exec");
    thread.setDaemon(true);
    return thread;
  });

  ShellHandler(Format<T> format, String command, int maxOutput, boolean progress) {
    this.format = format;
    this.command = command;
    this.maxOutput = maxOutput;
    this.progress = progress;
  }

  @Override
  public @Nullable T handle(@Nullable T payload, TaskContext context) throws Exception {
    byte[] input = format.write(payload);
    Process process = new ProcessBuilder("/bin/sh", "-c", WITHOUT_INTERRUPT + command).start();
    try {
      pumps.execute(() -> feed(process.getOutputStream(), input));
      Future<byte[]> output = pumps.submit(() -> output(process));
      Future<String> errors = pumps.submit(() -> errors(context).read(process.getErrorStream()));
      byte[] result = output.get();
      String message = errors.get();
      int exit = process.waitFor();
      if (exit != 0) {
        throw new TaskFailure(
            "exit-" + exit, message.isEmpty() ? "the command ended with " + exit : message);
      }
      return format.read(result);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception known ? known : e;
    } finally {
      end(process);
    }
  }

  private CommandErrors errors(TaskContext context) {
    return new CommandErrors(progress ? context::progress : null);
  }

  /** A command need not read its stdin, so a pipe that it has closed is no error. */
  private static void feed(OutputStream stdin, byte[] input) {
    try (stdin) {
      stdin.write(input);
    } catch (IOException e) {
      // See above; what it means for the task is told by the exit code.
    }
  }

  private byte[] output(Process process) throws IOException {
    InputStream stdout = process.getInputStream();
    byte[] bytes = stdout.readNBytes(maxOutput);
    if (bytes.length == maxOutput && stdout.read() >= 0) {
      end(process);
      throw new TaskFailure(
          "OutputTooLarge",
          "the command wrote more than " + maxOutput + " bytes, which is what maxPayload allows");
    }
    return bytes;
  }

  /** Nothing of it goes on when the task is over, be it because the handler was interrupted. */
  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
