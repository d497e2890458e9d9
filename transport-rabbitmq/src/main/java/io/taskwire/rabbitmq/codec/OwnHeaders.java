/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.codec;

/** What this transport says in headers beside {@link io.taskwire.spi.Headers}, and its mark. */
final class OwnHeaders {

  /**
   * The application id of requests whose caller understands reports, and failures in headers. Any other caller takes the
   * first reply for the result.
   */
  static final String APP_ID = "taskwire";

  /** In a request that was sent again: which attempt it is. */
  static final String ATTEMPT = "attempt";

  /** In a request: {@code 1}, and the reply is to be persistent. */
  static final String KEEP = "keep";

  /** In a report: {@code 1}, and a worker has begun the task. */
  static final String STARTED = "started";

  static final String YES = "1";

  private OwnHeaders() {}
}
