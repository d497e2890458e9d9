/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire;

/**
 * Thrown by a handler that refuses a task for good: {@code throw TaskReject.deadLetter("no such order")}.
 *
 * <p>A waiting caller gets a {@link RemoteTaskException} with the code REJECTED. The task goes to the dead letters where
 * the broker has them, and is dropped where not; either way it is logged.
 */
public final class TaskReject extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private TaskReject(String reason) {
    super(reason, null, false, false);
  }

  /**
   * Refuses the task.
   *
   * @param reason why, for the caller and the log
   * @return what to throw
   */
  public static TaskReject deadLetter(String reason) {
    return new TaskReject(reason);
  }

  /**
   * Tells why the task is refused.
   *
   * @return the reason
   */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
