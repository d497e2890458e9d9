/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.serializers;

import io.taskwire.Serializer;
import io.vertx.core.buffer.Buffer;
import java.lang.reflect.Type;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Bytes written as hexadecimal text. */
final class Hex {

  private Hex() {}

  static Buffer bytes(String hex) {
    return Buffer.buffer(HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  static String of(Buffer bytes) {
    return HexFormat.of().formatHex(bytes.getBytes());
  }

  static String encode(Serializer serializer, @Nullable Object value, Type type) {
    return of(serializer.encode(value, type));
  }

  static @Nullable Object decode(Serializer serializer, String hex, Type type) {
    return serializer.decode(bytes(hex), type);
  }
}
