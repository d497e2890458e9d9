/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.codec;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The names of queues: a task's is the task's own name, byte for byte, as aioqueue has it. */
public final class QueueNames {

  /** What the queues of replies begin with. */
  public static final String REPLY = "taskwire.reply.";

  /** What the queues and exchanges of delayed tasks begin with. */
  public static final String DELAY = "taskwire.delay.";

  private static final String DEAD = ".dead";
  private static final String BROKER = "amq.";

  private QueueNames() {}

  /**
   * The queue of a task, which is its routing key too.
   *
   * @param taskName any text
   * @return the same
   * @throws IllegalArgumentException if it is empty, no Unicode, longer than 255 bytes in UTF-8, or RabbitMQ or this
   *     library keeps such names for itself
   */
  public static String ofTask(String taskName) {
    if (taskName.isEmpty()) {
      throw new IllegalArgumentException("a task name is not empty");
    }
    for (String reserved : new String[] {BROKER, REPLY, DELAY}) {
      if (taskName.startsWith(reserved)) {
        throw new IllegalArgumentException("names that begin with " + reserved + " are kept for "
            + (reserved.equals(BROKER) ? "RabbitMQ" : "replies and delays") + ": choose another");
      }
    }
    return check(taskName);
  }

  /**
   * The queue of tasks that were set aside.
   *
   * @param taskName the task
   * @return its name with {@code .dead} behind it
   * @throws IllegalArgumentException if it is too long then, or no name of a task
   */
  public static String ofDead(String taskName) {
    return check(ofTask(taskName) + DEAD);
  }

  /**
   * The queue of a caller's replies.
   *
   * @param caller the instance's id, or the client's
   * @param host the host and port at which it is, where there are several; else null
   * @return its name
   */
  public static String ofReplies(String caller, @Nullable String host) {
    return check(REPLY + caller + (host == null ? "" : "." + host.replace(':', '.')));
  }

  private static String check(String name) {
    try {
      int bytes =
          StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(name)).remaining();
      if (bytes > ShortText.MAX_BYTES) {
        throw new IllegalArgumentException("the name of a queue takes " + bytes
            + " bytes, RabbitMQ allows " + ShortText.MAX_BYTES + ": choose a shorter one");
      }
      return name;
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "a task name is valid Unicode; this one holds half a surrogate pair", e);
    }
  }
}
