/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

/** Those who put load on a broker together: a client and a worker. On memory they are the same. */
final class LoadPair {

  private final Load client;
  private final Load worker;
  private int backlogs;

  LoadPair(Load client, Load worker) {
    this.client = client;
    this.worker = worker;
  }

  /** Two JVMs that end with the suite. */
  static LoadPair start(Suite suite, LoadJvm.Program program, String brokerUri) {
    return new LoadPair(suite.jvm(program, brokerUri), suite.jvm(program, brokerUri));
  }

  /** So many at once, of which the worker handles so many at once. */
  Work roundTrips(int window, int concurrency) {
    String name = "round-trips-" + window;
    worker.serve(name, concurrency);
    return (placement, length) -> client.roundTrips(name, window, length);
  }

  Work oneAtATime() {
    String name = "one-at-a-time";
    worker.serve(name, 1);
    return (placement, length) -> client.oneAtATime(name, length);
  }

  BacklogWork backlog(int window, int concurrency) {
    return count -> {
      String name = "backlog-" + ++backlogs;
      return new BacklogWork.Measured(
          client.submits(name, window, count), worker.drain(name, concurrency, count));
    };
  }
}
