/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import com.rabbitmq.client.AMQP;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads the properties of a message; those that are rare are left to amqp-client. */
final class PropertiesReader {

  static final int CONTENT_TYPE = 1 << 15;
  static final int CONTENT_ENCODING = 1 << 14;
  static final int HEADERS = 1 << 13;
  static final int DELIVERY_MODE = 1 << 12;
  static final int PRIORITY = 1 << 11;
  static final int CORRELATION_ID = 1 << 10;
  static final int REPLY_TO = 1 << 9;
  static final int EXPIRATION = 1 << 8;
  static final int MESSAGE_ID = 1 << 7;
  static final int TIMESTAMP = 1 << 6;
  static final int TYPE = 1 << 5;
  static final int USER_ID = 1 << 4;
  static final int APP_ID = 1 << 3;
  static final int CLUSTER_ID = 1 << 2;

  /** Those that are read and written here: texts and octets, and none of these is rare. */
  static final int FREQUENT = CONTENT_TYPE
      | DELIVERY_MODE
      | PRIORITY
      | CORRELATION_ID
      | REPLY_TO
      | EXPIRATION
      | MESSAGE_ID
      | APP_ID;

  private PropertiesReader() {}

  /** Reads what stands behind the size of the body. */
  static AMQP.BasicProperties read(FrameReader frame) throws IOException {
    int flags = frame.unsignedShort();
    if ((flags & ~FREQUENT) != 0) {
      return readAll(flags, frame.rest());
    }
    return new AMQP.BasicProperties(
        (flags & CONTENT_TYPE) == 0 ? null : frame.frequentString(),
        null,
        null,
        octet(flags & DELIVERY_MODE, frame),
        octet(flags & PRIORITY, frame),
        text(flags & CORRELATION_ID, frame),
        (flags & REPLY_TO) == 0 ? null : frame.frequentString(),
        text(flags & EXPIRATION, frame),
        text(flags & MESSAGE_ID, frame),
        null,
        null,
        null,
        (flags & APP_ID) == 0 ? null : frame.frequentString(),
        null);
  }

  private static @Nullable Integer octet(int flag, FrameReader frame) throws IOException {
    return flag == 0 ? null : Integer.valueOf(frame.octet());
  }

  private static @Nullable String text(int flag, FrameReader frame) throws IOException {
    return flag == 0 ? null : frame.shortString();
  }

  private static AMQP.BasicProperties readAll(int flags, byte[] rest) throws IOException {
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(header);
    out.writeShort(0); // the weight
    out.writeLong(0); // the size of the body
    out.writeShort(flags);
    out.write(rest);
    return new AMQP.BasicProperties(
        new DataInputStream(new ByteArrayInputStream(header.toByteArray())));
  }
}
