/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import com.rabbitmq.client.MalformedFrameException;
import com.rabbitmq.client.impl.Frame;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;

/** Cuts what is read from a socket into frames: AMQP 0-9-1, section 4.2.3. On the event loop. */
final class FrameParser {

  /** Who gets the frames. */
  interface Receiver {
    /** The payload is in a chunk that belongs to the parser again after the call. */
    void frame(int type, int channel, byte[] chunk, int offset, int length) throws IOException;
  }

  private static final int METHOD = 1;
  private static final int TLS_ALERT = 21;
  private static final int PROTOCOL_HEADER = 8;

  private static final int HEAD = 7;
  private static final int BESIDE_PAYLOAD = HEAD + 1;
  private static final int FRAME_END = 0xce;

  /** No broker has frames as large; one without a limit of its own has none that are larger than this. */
  private static final int LARGEST = 64 << 20;

  private final Receiver receiver;

  /** The beginning of a frame whose rest has not come yet. */
  private byte[] rest = new byte[0];

  private int restLength;
  private boolean begun;

  FrameParser(Receiver receiver) {
    this.receiver = receiver;
  }

  /** Takes a chunk over, and gives the frames that are complete with it. */
  void read(byte[] chunk) throws IOException {
    if (restLength == 0) {
      keep(chunk, parse(chunk, chunk.length), chunk.length);
      return;
    }
    int needed = restLength + chunk.length;
    if (needed > rest.length) {
      byte[] larger = new byte[Math.max(needed, announced())];
      System.arraycopy(rest, 0, larger, 0, restLength);
      rest = larger;
    }
    System.arraycopy(chunk, 0, rest, restLength, chunk.length);
    restLength = 0;
    keep(rest, parse(rest, needed), needed);
  }

  /** The whole length of the frame that has begun, as far as it is known. */
  private int announced() throws MalformedFrameException {
    return restLength < HEAD ? 0 : BESIDE_PAYLOAD + length(rest, 0);
  }

  private void keep(byte[] chunk, int from, int to) {
    rest = chunk;
    restLength = to - from;
    if (from > 0) {
      System.arraycopy(chunk, from, chunk, 0, restLength);
    }
  }

  /** Returns where the first incomplete frame begins. */
  private int parse(byte[] chunk, int end) throws IOException {
    if (!begun && end > 0 && !begins(chunk, end)) {
      return 0;
    }
    int at = 0;
    while (end - at >= BESIDE_PAYLOAD) {
      int length = length(chunk, at);
      if (length > end - at - BESIDE_PAYLOAD) {
        break;
      }
      int type = chunk[at];
      int channel = (chunk[at + 1] & 0xff) << 8 | (chunk[at + 2] & 0xff);
      int payload = at + HEAD;
      if ((chunk[payload + length] & 0xff) != FRAME_END) {
        throw new MalformedFrameException("a frame does not end where it says");
      }
      receiver.frame(type, channel, chunk, payload, length);
      at = payload + length + 1;
    }
    return at;
  }

  private static int length(byte[] chunk, int at) throws MalformedFrameException {
    int length = (chunk[at + 3] & 0xff) << 24
        | (chunk[at + 4] & 0xff) << 16
        | (chunk[at + 5] & 0xff) << 8
        | (chunk[at + 6] & 0xff);
    if (length < 0 || length > LARGEST) {
      throw new MalformedFrameException("a frame of " + Integer.toUnsignedString(length)
          + " bytes is larger than any that RabbitMQ sends");
    }
    return length;
  }

  /** A broker begins with a method frame, or with its own protocol header where it speaks another version. */
  private boolean begins(byte[] chunk, int end) throws IOException {
    int first = chunk[0] & 0xff;
    if (first == 'A') {
      if (end >= PROTOCOL_HEADER) {
        Frame.protocolVersionMismatch(
            new DataInputStream(new ByteArrayInputStream(chunk, 1, end - 1)));
      }
      return false;
    }
    if (first == TLS_ALERT) {
      throw new NotAmqpException("it speaks TLS; is its scheme amqps?");
    }
    if (first != METHOD) {
      throw new NotAmqpException("it does not speak AMQP 0-9-1: its first byte is " + first);
    }
    begun = true;
    return true;
  }
}
