/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import io.taskwire.tck.broker.BrokerProcess;
import java.util.List;

/** A Redis that keeps everything in memory. */
final class RedisServer {

  private RedisServer() {}

  /** Starts one that ends with the suite; gives its URL. */
  static String start(Suite suite) {
    BrokerProcess server = new BrokerProcess("redis-server");
    suite.closing(server::close);
    server.start(List.of(
        "--bind",
        "127.0.0.1",
        "--port",
        Integer.toString(server.port()),
        "--save",
        "",
        "--appendonly",
        "no"));
    return "redis://127.0.0.1:" + server.port();
  }
}
