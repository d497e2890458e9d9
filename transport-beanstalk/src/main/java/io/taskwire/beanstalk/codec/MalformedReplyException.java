/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.codec;

import io.taskwire.beanstalk.BeanstalkException;

/** The peer sent bytes that are no reply of beanstalkd: it is something else, or the stream is out of step. */
public final class MalformedReplyException extends BeanstalkException {

  private static final long serialVersionUID = 1L;

  MalformedReplyException(String message) {
    super(message, true, null);
  }
}
