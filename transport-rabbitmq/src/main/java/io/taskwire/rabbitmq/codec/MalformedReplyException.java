/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.codec;

/** The body of a reply is not msgpack of the two elements error and result. */
public final class MalformedReplyException extends Exception {

  private static final long serialVersionUID = 1L;

  MalformedReplyException(String message) {
    super(message);
  }
}
