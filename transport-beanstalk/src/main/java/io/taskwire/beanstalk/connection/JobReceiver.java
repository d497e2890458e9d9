/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.connection;

/** Takes what a {@link ReserveLoop} brings. */
public interface JobReceiver {

  /** A job to work on; to be ended with {@link ReservedJob#end}, which may happen before this call returns. */
  void reserved(ReservedJob job);

  /**
   * A job whose body is over the limit and was skipped, but for its {@linkplain ReservedJob#body() first bytes}; to be ended
   * like any other.
   *
   * @param length bytes of the whole body
   */
  void oversized(ReservedJob job, long length);

  /** A reserve came back empty. */
  void tubeEmpty();

  /**
   * A connection was lost, or the broker answered what it never should: all jobs are the broker's again, and none comes any
   * more. Not called if the loop was closed by its owner, or never opened.
   */
  void lost(Throwable cause);
}
