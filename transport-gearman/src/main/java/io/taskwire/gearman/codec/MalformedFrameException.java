/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

/** The peer sent bytes that are not Gearman's protocol; the connection cannot go on. */
public final class MalformedFrameException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  MalformedFrameException(String message) {
    super(message);
  }
}
