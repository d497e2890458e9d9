/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.codec;

/**
 * Hears what a {@link FrameParser} reads, on the thread that feeds it and in the order of the bytes.
 *
 * @param <F> the direction that is read
 */
public interface FrameListener<F extends Frame> {

  /**
   * A whole packet.
   *
   * @param frame the packet; it is the listener's from now on
   */
  void frame(F frame);

  /**
   * A packet whose payload is over the limit. The payload is skipped as it arrives; the connection can go on.
   *
   * @param frame the packet with all its arguments but an empty payload
   * @param payloadLength how long the payload is, in bytes
   */
  void oversized(F frame, long payloadLength);

  /**
   * A line of the text protocol, which shares the connection: what does not begin with a NUL is text.
   *
   * @param line the line without its end, one char for each byte
   */
  void text(String line);

  /**
   * The bytes are not the protocol. This is the last call: the parser refuses the rest.
   *
   * @param failure what was found
   */
  void malformed(MalformedFrameException failure);
}
