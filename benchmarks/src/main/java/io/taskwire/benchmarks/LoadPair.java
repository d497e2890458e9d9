/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import java.util.function.ToDoubleFunction;

/** Those who put load on a broker together: a client and a worker. On memory they are the same. */
final class LoadPair {

  private final String label;
  private final Load client;
  private final Load worker;
  private int backlogs;

  /** Pairs on the same broker have labels of their own, which their tasks' names begin with. */
  LoadPair(String label, Load client, Load worker) {
    this.label = label;
    this.client = client;
    this.worker = worker;
  }

  /** Two JVMs that end with the suite. */
  static LoadPair start(Suite suite, LoadJvm.Program program, String brokerUri) {
    return new LoadPair(
        program.name(), suite.jvm(program, brokerUri), suite.jvm(program, brokerUri));
  }

  /** So many at once, of which the worker handles so many at once. */
  Work roundTrips(int window, int concurrency) {
    return roundTrips(window, concurrency, Payload.SIZE);
  }

  /** The same with payloads of this size. */
  Work roundTrips(int window, int concurrency, int size) {
    String name = serve(window + "-of-" + size, concurrency);
    return (placement, length) -> client.roundTrips(name, window, size, length);
  }

  Work oneAtATime() {
    String name = serve("one-at-a-time", 1);
    return (placement, length) -> client.oneAtATime(name, length);
  }

  /** Calls at a rate that is asked for before each run. */
  Work openLoop(int concurrency, ToDoubleFunction<Placement> perSecond) {
    String name = serve("open-loop", concurrency);
    return (placement, length) ->
        client.openLoop(name, (long) perSecond.applyAsDouble(placement), length);
  }

  private String serve(String kind, int concurrency) {
    String name = label + "-" + kind;
    worker.serve(name, concurrency);
    return name;
  }

  BacklogWork backlog(int window, int concurrency) {
    return count -> {
      String name = label + "-backlog-" + ++backlogs;
      return new BacklogWork.Measured(
          client.submits(name, window, count), worker.drain(name, concurrency, count));
    };
  }
}
