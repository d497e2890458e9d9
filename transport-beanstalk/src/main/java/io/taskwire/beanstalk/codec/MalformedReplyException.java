/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.codec;

/** The peer sent bytes that are no reply of beanstalkd: it is something else, or the stream is out of step. */
public final class MalformedReplyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  MalformedReplyException(String message) {
    super(message);
  }
}
