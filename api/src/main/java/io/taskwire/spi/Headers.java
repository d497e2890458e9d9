/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

/**
 * The names of what travels beside a payload, in an envelope or in a broker's own headers. docs/WIRE.md, "Headers". Names
 * without {@link #USER} belong to Taskwire.
 */
public final class Headers {

  /** In front of each header that a user set. */
  public static final String USER = "x-";

  /** The task's id, where the broker's own ids are not unique. */
  public static final String ID = "id";

  /** Where the reply goes. */
  public static final String REPLY_TO = "reply-to";

  /** The name of the payload's serializer, where it is not the queue's. */
  public static final String SERIALIZER = "serializer";

  /** How long after its submit a task is to be dropped if no worker has begun it, in milliseconds. */
  public static final String DEADLINE = "deadline";

  /**
   * When a task is to be dropped if no worker has begun it, in milliseconds since 1970 in UTC: where the broker does not
   * tell how old a task is, so that the clocks of caller and worker have to agree.
   */
  public static final String EXPIRES = "expires";

  /** How long after its submit nobody waits for the reply any more, in milliseconds. */
  public static final String TIMEOUT = "timeout";

  /**
   * In a request: {@code many}, if the caller takes several replies in one message, and reports ahead of the result. In a
   * message with several replies: how many.
   */
  public static final String REPLIES = "replies";

  /** In a report: how far the handler is, {@code done/total}. */
  public static final String PROGRESS = "progress";

  /** In a report: {@code 1}, and the payload is a chunk ahead of the result. */
  public static final String DATA = "data";

  /** In a reply: the kind of failure; its absence means success. */
  public static final String CODE = "code";

  /** In a failure: the type of what was thrown. */
  public static final String TYPE = "type";

  /** In a failure: the message. */
  public static final String MESSAGE = "message";

  /** In a failure: anything more. */
  public static final String DETAILS = "details";

  private Headers() {}
}
