/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.transport;

import io.taskwire.spi.Envelope;
import io.taskwire.spi.Headers;
import io.taskwire.spi.SubmitListener;
import java.util.Map;

/** What a handler tells ahead of its result: how far it is, or a chunk of data. docs/WIRE.md, W33. */
final class Report {

  private static final String CHUNK = "1";

  private Report() {}

  static boolean isOne(Envelope reply) {
    return reply.headers().containsKey(Headers.PROGRESS)
        || reply.headers().containsKey(Headers.DATA);
  }

  static Map<String, String> progress(long done, long total) {
    return Map.of(Headers.PROGRESS, done + "/" + total);
  }

  static Map<String, String> data() {
    return Map.of(Headers.DATA, CHUNK);
  }

  /** Hands it over; one that cannot be read is dropped, since its task goes on. */
  static void tell(Envelope report, SubmitListener listener) {
    String progress = report.headers().get(Headers.PROGRESS);
    if (progress == null) {
      listener.data(report.payload());
      return;
    }
    int slash = progress.indexOf('/');
    try {
      listener.progress(
          Long.parseLong(progress.substring(0, Math.max(0, slash))),
          Long.parseLong(progress.substring(slash + 1)));
    } catch (NumberFormatException e) {
      // Of a foreign worker.
    }
  }
}
