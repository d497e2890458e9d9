/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.codec;

import com.rabbitmq.client.Delivery;
import io.taskwire.FailureCode;
import io.taskwire.spi.Failure;
import io.taskwire.spi.Headers;
import io.taskwire.spi.Outcome;
import io.taskwire.spi.Submission;
import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a message in a caller's reply queue says of the task that its correlation id names. */
public sealed interface TaskReply {

  /** A worker has begun it. */
  record Started() implements TaskReply {}

  /**
   * How far its handler is.
   *
   * @param done units done
   * @param total units in all, 0 if unknown
   */
  record Progress(long done, long total) implements TaskReply {}

  /**
   * A chunk ahead of its result.
   *
   * @param chunk the bytes
   */
  record Data(Buffer chunk) implements TaskReply {}

  /** A report that cannot be read: its task goes on. */
  record UnreadableReport() implements TaskReply {}

  /**
   * It has ended.
   *
   * @param outcome how
   */
  record End(Outcome outcome) implements TaskReply {}

  /**
   * Reads a message. One without headers of this library is the result, as aioqueue's are; a body that cannot be read is a
   * failure with the code DECODE.
   *
   * @param message as delivered
   * @param format the name of the serializer that reads the result where its content type names no other, {@link
   *     Submission#RAW} for bytes
   * @return what it says; never fails
   */
  static TaskReply decode(Delivery message, String format) {
    Map<String, String> headers = HeaderTable.decode(message.getProperties().getHeaders());
    if (!headers.isEmpty()) {
      if (headers.containsKey(OwnHeaders.STARTED)) {
        return new Started();
      }
      String progress = headers.get(Headers.PROGRESS);
      if (progress != null) {
        return progress(progress);
      }
      if (headers.containsKey(Headers.DATA)) {
        return data(message.getBody());
      }
      Failure failure = Failure.ofHeaders(headers);
      if (failure != null) {
        return new End(Outcome.failed(failure));
      }
    }
    return new End(outcome(message, format, headers));
  }

  private static Outcome outcome(Delivery message, String format, Map<String, String> headers) {
    String said = ContentTypes.serializer(message.getProperties());
    String serializer = said == null || format.equals(Submission.RAW) ? format : said;
    try {
      ReplyBody body = ReplyBody.decode(message.getBody(), serializer);
      if (body instanceof ReplyBody.Failed failed) {
        return Outcome.failed(Failure.ofText(failed.text()));
      }
      Map<String, String> all = headers;
      if (!serializer.equals(format)) {
        all = new LinkedHashMap<>(headers);
        all.put(Headers.SERIALIZER, serializer);
      }
      return new Outcome(((ReplyBody.Result) body).payload(), all, null);
    } catch (MalformedReplyException e) {
      return Outcome.failed(
          new Failure(FailureCode.DECODE, "", String.valueOf(e.getMessage()), null));
    }
  }

  private static TaskReply progress(String text) {
    int slash = text.indexOf('/');
    try {
      return new Progress(
          Long.parseLong(text.substring(0, Math.max(0, slash))),
          Long.parseLong(text.substring(slash + 1)));
    } catch (NumberFormatException e) {
      return new UnreadableReport();
    }
  }

  private static TaskReply data(byte[] body) {
    try {
      return ReplyBody.decode(body, Submission.RAW) instanceof ReplyBody.Result chunk
          ? new Data(chunk.payload())
          : new UnreadableReport();
    } catch (MalformedReplyException e) {
      return new UnreadableReport();
    }
  }
}
