/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import java.time.Duration;

/** Load that a program puts on a broker, as a client or as a worker, whose code is the same for each kind of work. */
interface Load extends AutoCloseable {

  /** Answers tasks of this name with their own payloads, from the moment it returns; so many at once. */
  void serve(String name, int concurrency);

  /** Calls a served name for this long, always this many at once, with payloads of this size. */
  Measurement roundTrips(String name, int window, int size, Duration length);

  /** Calls a served name for this long from a plain thread, which waits for each result. */
  Measurement oneAtATime(String name, Duration length);

  /** Calls a served name for this long, so many times a second whatever the answers do. */
  Measurement openLoop(String name, long perSecond, Duration length);

  /** Submits a backlog of tasks numbered from zero, until the broker has accepted the last; so many not yet accepted. */
  Measurement submits(String name, int window, int count);

  /** Empties such a backlog, timed from the first task until the broker knows that all are done. */
  Measurement drain(String name, int concurrency, int count);

  @Override
  void close();
}
