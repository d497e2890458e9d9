/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck.broker;

import java.util.ArrayList;
import java.util.List;

/** The {@code gearmand} that is installed on this machine. */
public final class GearmandBroker extends ProcessBroker {

  private final boolean store;

  private GearmandBroker(boolean store) {
    super("gearman", "gearmand");
    this.store = store;
  }

  /**
   * A broker that keeps everything in memory. Not started yet.
   *
   * @return the broker
   */
  public static GearmandBroker create() {
    return new GearmandBroker(false);
  }

  /**
   * A broker that keeps background jobs in an SQLite file. Not started yet.
   *
   * @return the broker
   */
  public static GearmandBroker withStore() {
    return new GearmandBroker(true);
  }

  @Override
  List<String> arguments(BrokerProcess process) {
    // -t 0 is the fastest, and the default backlog of 32 refuses bursts.
    List<String> arguments = new ArrayList<>(List.of(
        "-L", "127.0.0.1", "-p", Integer.toString(port()), "-t", "0", "-b", "1024", "-l", "none"));
    if (System.getProperty("user.name").equals("root")) {
      // It refuses to run as root unless told to.
      arguments.addAll(List.of("-u", "root"));
    }
    arguments.addAll(List.of("-P", process.dataFolder().resolve("pid").toString()));
    if (store) {
      arguments.addAll(List.of(
          "-q",
          "libsqlite3",
          "--libsqlite3-db",
          process.dataFolder().resolve("jobs").toString()));
    }
    return arguments;
  }

  @Override
  public int connections() {
    // One line a connection, clients too; the last is the one that asks.
    return AdminConnection.ask(port(), "workers", line -> line.equals(".")).size() - 1;
  }
}
