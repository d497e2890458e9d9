/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl;

import io.taskwire.SerializationException;
import io.taskwire.Serializer;
import io.taskwire.spi.Headers;
import io.taskwire.spi.Submission;
import io.vertx.core.buffer.Buffer;
import java.lang.reflect.Type;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns the values of one task type into payloads and back, with whichever serializer is meant. */
final class PayloadCodec {

  private final Serializers serializers;
  private final boolean raw;
  private final Serializer own;

  PayloadCodec(Serializers serializers, boolean raw, Serializer own) {
    this.serializers = serializers;
    this.raw = raw;
    this.own = own;
  }

  /** The name of what makes and reads the bytes where no header says otherwise. */
  String format() {
    return raw ? Submission.RAW : own.name();
  }

  /** What must travel beside an input: the serializer's name where it is not the queue's. */
  Map<String, String> headers() {
    return raw || own == serializers.standard() ? Map.of() : Map.of(Headers.SERIALIZER, own.name());
  }

  /** What must travel beside a result: a worker answers in the serializer it was asked in, and says so. */
  Map<String, String> replyHeaders(Map<String, String> requestHeaders) {
    String asked = asked(requestHeaders);
    return raw || asked == null ? headers() : Map.of(Headers.SERIALIZER, asked);
  }

  Buffer encode(@Nullable Object value, Type type) {
    return raw ? bytes(value) : own.encode(value, type);
  }

  Buffer encodeReply(Map<String, String> requestHeaders, @Nullable Object value, Type type) {
    return raw ? bytes(value) : serializer(requestHeaders).encode(value, type);
  }

  @Nullable
  Object decode(Buffer payload, Map<String, String> headers, Type type) {
    return raw ? payload : serializer(headers).decode(payload, type);
  }

  private Serializer serializer(Map<String, String> headers) {
    String asked = asked(headers);
    return asked == null ? own : serializers.named(asked);
  }

  private static @Nullable String asked(Map<String, String> headers) {
    return headers.isEmpty() ? null : headers.get(Headers.SERIALIZER);
  }

  private static Buffer bytes(@Nullable Object value) {
    if (value == null) { // what a handler without a result returns
      return Buffer.buffer();
    }
    if (value instanceof Buffer bytes) {
      return bytes;
    }
    throw new SerializationException(
        "a raw task carries a Buffer, not " + value.getClass().getName());
  }
}
