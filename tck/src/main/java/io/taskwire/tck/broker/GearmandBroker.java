/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck.broker;

import java.util.ArrayList;
import java.util.List;

/** The {@code gearmand} that is installed on this machine, or a program that does as it does. */
public final class GearmandBroker extends ProcessBroker {

  private final boolean store;
  private final boolean installed;

  private GearmandBroker(boolean store) {
    super("gearman", "gearmand");
    this.store = store;
    this.installed = true;
  }

  private GearmandBroker(String name, List<String> command) {
    super("gearman", new BrokerProcess(name, () -> command));
    this.store = false;
    this.installed = false;
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

  /**
   * Another server that speaks Gearman's protocol. Not started yet.
   *
   * @param name what it is called in messages
   * @param command starts it, with {@code --port PORT} behind, on 127.0.0.1
   * @return the broker
   */
  public static GearmandBroker of(String name, List<String> command) {
    return new GearmandBroker(name, List.copyOf(command));
  }

  @Override
  List<String> arguments(BrokerProcess process) {
    if (!installed) {
      return List.of("--port", Integer.toString(port()));
    }
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
