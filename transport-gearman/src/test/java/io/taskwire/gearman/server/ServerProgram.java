/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.server;

import io.taskwire.gearman.GearmanServer;
import io.taskwire.gearman.GearmanServerOptions;
import io.taskwire.tck.broker.GearmandBroker;
import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The embedded server as a process of its own, which can be killed and frozen. */
public final class ServerProgram {

  private ServerProgram() {}

  /** Serves until it is killed, or stopped with a signal. The arguments are {@code --port PORT}. */
  public static void main(String[] arguments) {
    GearmanServer server =
        GearmanServer.start(GearmanServerOptions.create().port(Integer.parseInt(arguments[1])));
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
  }

  /** The server as a broker for tests. Not started yet. */
  public static GearmandBroker broker() {
    return GearmandBroker.of(
        "GearmanServer",
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx1g",
            "-XX:+UseSerialGC",
            "-cp",
            classPath(),
            ServerProgram.class.getName()));
  }

  /** All that this test has, whether on the module path or on the class path. */
  private static String classPath() {
    Set<String> entries = new LinkedHashSet<>();
    entries.add(folderOf(ServerProgram.class));
    ModuleLayer.boot().configuration().modules().stream()
        .flatMap(module -> module.reference().location().stream())
        .filter(location -> "file".equals(location.getScheme()))
        .map(location -> Path.of(location).toString())
        .forEach(entries::add);
    entries.addAll(List.of(System.getProperty("java.class.path").split(File.pathSeparator)));
    entries.remove("");
    return String.join(File.pathSeparator, entries);
  }

  /** Where the class file is: that of a test is not where its module is. */
  private static String folderOf(Class<?> type) {
    String file = type.getName().replace('.', '/') + ".class";
    URL url = type.getResource("/" + file);
    if (url == null) {
      throw new IllegalStateException("no file of " + type);
    }
    try {
      Path path = Path.of(new URI(url.toString()));
      return path.getRoot()
          .resolve(path.subpath(0, path.getNameCount() - file.split("/").length))
          .toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
