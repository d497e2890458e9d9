/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.codec;

import org.jspecify.annotations.Nullable;

/** The names of serializers as content types: they travel only where the serializer is not the queue's. */
final class ContentTypes {

  private static final String JSON = "application/json";
  private static final String MSGPACK = "application/msgpack";
  private static final String OTHER = "application/x-";

  private ContentTypes() {}

  static String of(String serializer) {
    return switch (serializer) {
      case "json" -> JSON;
      case ReplyBody.MSGPACK -> MSGPACK;
      default -> ShortText.check("content type", OTHER + serializer);
    };
  }

  /** The serializer of a content type; null if there is none, or a foreign one. */
  static @Nullable String serializer(@Nullable String contentType) {
    if (contentType == null) {
      return null;
    }
    return switch (contentType) {
      case JSON -> "json";
      case MSGPACK -> ReplyBody.MSGPACK;
      default ->
        contentType.startsWith(OTHER) && contentType.length() > OTHER.length()
            ? contentType.substring(OTHER.length())
            : null;
    };
  }
}
