/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import io.taskwire.TaskType;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;

/**
 * What every task carries, there and back: 64 bytes or a mebibyte, as a byte array, so that the serializer has its part in
 * the work. First comes the task's number, then bytes that depend on it; the yardsticks' payload is made alike.
 */
final class Payload {

  static final int SIZE = 64;
  static final int LARGE = 1024 * 1024;

  private static final int NUMBER_SIZE = Long.BYTES;
  private static final int PATTERN_STEPS = 251;
  private static final byte[] PATTERN = new byte[LARGE + PATTERN_STEPS];
  private static final VarHandle NUMBER =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  static {
    new Random(2_463_534_242L).nextBytes(PATTERN);
  }

  private Payload() {}

  static TaskType<byte[], byte[]> task(String name) {
    return TaskType.of(name, byte[].class, byte[].class);
  }

  static void write(byte[] payload, long number) {
    NUMBER.set(payload, 0, number);
    System.arraycopy(
        PATTERN,
        (int) (number % PATTERN_STEPS),
        payload,
        NUMBER_SIZE,
        payload.length - NUMBER_SIZE);
  }

  /**
   * Checks every byte.
   *
   * @return the task's number
   * @throws IllegalStateException if a byte is wrong
   */
  static long check(byte[] payload) {
    int size = payload.length;
    if (size != SIZE && size != LARGE) {
      throw new IllegalStateException("a payload has " + size + " bytes");
    }
    long number = (long) NUMBER.get(payload, 0);
    int from = (int) (number % PATTERN_STEPS);
    if (number < 0
        || !Arrays.equals(payload, NUMBER_SIZE, size, PATTERN, from, from + size - NUMBER_SIZE)) {
      throw new IllegalStateException("a payload is damaged");
    }
    return number;
  }

  /** Checks every byte, and that it is the payload of this task, of this size. */
  static void check(byte[] payload, long number, int size) {
    if (payload.length != size || check(payload) != number) {
      throw new IllegalStateException("a reply has another task's payload");
    }
  }
}
