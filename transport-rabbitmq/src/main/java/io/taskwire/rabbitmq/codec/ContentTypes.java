/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.codec;

import com.rabbitmq.client.AMQP;
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

  /** The serializer of a message; null if it names none, or a foreign program names one that is not everybody's. */
  static @Nullable String serializer(AMQP.BasicProperties properties) {
    String contentType = properties.getContentType();
    if (contentType == null) {
      return null;
    }
    boolean own = OwnHeaders.APP_ID.equals(properties.getAppId());
    return switch (contentType) {
      case JSON -> "json";
      case MSGPACK -> ReplyBody.MSGPACK;
      default ->
        own && contentType.startsWith(OTHER) && contentType.length() > OTHER.length()
            ? contentType.substring(OTHER.length())
            : null;
    };
  }
}
