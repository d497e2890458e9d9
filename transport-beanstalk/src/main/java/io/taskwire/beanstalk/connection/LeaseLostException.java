/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.connection;

/** A job is no longer held by the connection that reserved it: another worker may have it. */
public final class LeaseLostException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  LeaseLostException(String message) {
    super(message);
  }
}
