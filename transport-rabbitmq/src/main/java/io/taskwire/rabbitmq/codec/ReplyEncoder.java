/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.codec;

import com.rabbitmq.client.AMQP;
import io.taskwire.spi.Failure;
import io.taskwire.spi.Headers;
import io.taskwire.spi.Submission;
import io.vertx.core.buffer.Buffer;
import java.util.Map;

/**
 * Writes replies and reports. A caller without the mark gets what aioqueue sends, a body and its correlation id; reports,
 * which it would take for the result, are not for it.
 */
public final class ReplyEncoder {

  private static final int PERSISTENT = 2;

  private ReplyEncoder() {}

  /**
   * Writes a result.
   *
   * @param request what it answers
   * @param format the name of the serializer where {@code headers} name no other, {@link Submission#RAW} for bytes
   * @param result the serialized result
   * @param headers what must travel beside it
   * @return the content
   */
  public static Content result(
      TaskRequest request, String format, Buffer result, Map<String, String> headers) {
    String serializer = headers.isEmpty() ? null : headers.get(Headers.SERIALIZER);
    byte[] body = ReplyBody.encode(serializer == null ? format : serializer, result);
    AMQP.BasicProperties.Builder properties = properties(request, headers);
    if (request.marked() && serializer != null) {
      properties.contentType(ContentTypes.of(serializer)).appId(OwnHeaders.APP_ID);
    }
    return new Content(properties, body);
  }

  /**
   * Writes a failure.
   *
   * @param request what it answers
   * @param failure what to tell
   * @return the content
   */
  public static Content failure(TaskRequest request, Failure failure) {
    return new Content(
        properties(request, failure.toHeaders()), ReplyBody.encodeError(failure.toText()));
  }

  /**
   * Writes the report that a worker has begun.
   *
   * @param request a marked one
   * @return the content
   */
  public static Content started(TaskRequest request) {
    return report(request, Map.of(OwnHeaders.STARTED, OwnHeaders.YES), ReplyBody.encodeNothing());
  }

  /**
   * Writes a report of how far the handler is.
   *
   * @param request a marked one
   * @param done units done
   * @param total units in all, 0 if unknown
   * @return the content
   */
  public static Content progress(TaskRequest request, long done, long total) {
    return report(request, Map.of(Headers.PROGRESS, done + "/" + total), ReplyBody.encodeNothing());
  }

  /**
   * Writes a chunk ahead of the result.
   *
   * @param request a marked one
   * @param chunk the bytes
   * @return the content
   */
  public static Content data(TaskRequest request, Buffer chunk) {
    return report(
        request, Map.of(Headers.DATA, OwnHeaders.YES), ReplyBody.encode(Submission.RAW, chunk));
  }

  private static Content report(TaskRequest request, Map<String, String> headers, byte[] body) {
    if (!request.marked()) {
      throw new IllegalArgumentException(
          "the caller of task " + request.id() + " would take a report for the result");
    }
    return new Content(properties(request, headers), body);
  }

  private static AMQP.BasicProperties.Builder properties(
      TaskRequest request, Map<String, String> headers) {
    AMQP.BasicProperties.Builder properties =
        new AMQP.BasicProperties.Builder().correlationId(request.correlationId());
    if (request.marked()) {
      properties.headers(HeaderTable.encode(headers));
    }
    if (request.keep()) {
      properties.deliveryMode(PERSISTENT);
    }
    return properties;
  }
}
