/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.comparisons;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Arrays;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Keeps so many calls under way for a while, and counts those that were answered with their own payload. */
final class Window {

  private static final int PAYLOAD = 64;

  /** A call whose answer is expected to be its payload. */
  interface Call {

    CompletionStage<byte[]> send(byte[] payload);
  }

  private Window() {}

  /** Answers each line of standard input, as a worker that is ready. */
  static void ready() throws IOException {
    BufferedReader commands = new BufferedReader(new InputStreamReader(System.in));
    while (commands.readLine() != null) {
      System.out.println("ok ready");
    }
  }

  /** Answers each line {@code run MILLIS} of standard input with {@code ok CALLS NANOSECONDS} and three zeros. */
  static void serve(Call call, int size) throws Exception {
    BufferedReader commands = new BufferedReader(new InputStreamReader(System.in));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      System.out.println(run(call, size, Long.parseLong(line.split(" ")[1]) * 1_000_000));
    }
  }

  private static String run(Call call, int size, long nanos) throws Exception {
    Semaphore free = new Semaphore(size);
    AtomicLong done = new AtomicLong();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    long start = System.nanoTime();
    for (long number = 0; System.nanoTime() - start < nanos && failure.get() == null; number++) {
      free.acquire();
      byte[] payload = payload(number);
      call.send(payload).whenComplete((answer, error) -> {
        if (error != null) {
          failure.set(error);
        } else if (!Arrays.equals(answer, payload)) {
          failure.set(new IllegalStateException("another payload came back"));
        }
        done.incrementAndGet();
        free.release();
      });
    }
    free.acquire(size);
    long elapsed = System.nanoTime() - start;
    if (failure.get() != null) {
      throw new CompletionException(failure.get());
    }
    return "ok " + done.get() + " " + elapsed + " 0 0 0"; // latencies are not measured
  }

  private static byte[] payload(long number) {
    byte[] payload = new byte[PAYLOAD];
    for (int i = 0; i < Long.BYTES; i++) {
      payload[i] = (byte) (number >> (8 * i));
    }
    return payload;
  }
}
