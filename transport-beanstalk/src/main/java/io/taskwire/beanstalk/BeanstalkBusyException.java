/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk;

/**
 * A command cannot be sent now, because the connection waits for a job, or because too much is under way on it. Nothing was
 * sent. The message says what to do.
 */
public final class BeanstalkBusyException extends BeanstalkException {

  private static final long serialVersionUID = 1;

  /**
   * Creates one.
   *
   * @param message what stands in the way, and what to do
   */
  public BeanstalkBusyException(String message) {
    super(message, false, null);
  }
}
