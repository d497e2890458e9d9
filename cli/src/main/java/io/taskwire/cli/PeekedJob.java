/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.cli;

import io.taskwire.beanstalk.codec.Reply;
import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** A job without the tube it is in: its body as text, or in Base64 if it is none. */
final class PeekedJob {

  private PeekedJob() {}

  static Report report(Optional<Reply.Found> job) {
    Optional<String> text = job.flatMap(found -> text(found.body()));
    return Report.table(
        List.of("id", "bytes", job.isEmpty() || text.isPresent() ? "body" : "base64"),
        job.stream()
            .map(found -> List.of(
                found.id(), found.body().length(), text.orElseGet(() -> base64(found.body())))));
  }

  private static Optional<String> text(Buffer body) {
    try {
      return Optional.of(StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(body.getBytes()))
          .toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static String base64(Buffer body) {
    return Base64.getEncoder().encodeToString(body.getBytes());
  }
}
