/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import io.taskwire.gearman.GearmanServer;
import io.taskwire.gearman.GearmanServerOptions;
import io.taskwire.tck.broker.GearmandBroker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM that is a Gearman server and nothing else. */
final class ServerProcess {

  private ServerProcess() {}

  /** Serves until it is killed or stopped; the arguments are {@code --port PORT}. */
  public static void main(String[] args) {
    GearmanServer server =
        GearmanServer.start(GearmanServerOptions.create().port(Integer.parseInt(args[1])));
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
  }

  /** Such a JVM as a broker. Not started yet. */
  static GearmandBroker broker(List<String> jvmFlags) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmFlags);
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), ServerProcess.class.getName()));
    return GearmandBroker.of("GearmanServer", command);
  }
}
