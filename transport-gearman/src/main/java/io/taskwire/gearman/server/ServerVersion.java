/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.server;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;

/** The version, as Maven notes it in the jar; outside a jar there is none. */
final class ServerVersion {

  private static final String NOTE =
      "/META-INF/maven/io.taskwire/taskwire-transport-gearman/pom.properties";

  private ServerVersion() {}

  static String text() {
    Properties properties = new Properties();
    try (InputStream note = ServerVersion.class.getResourceAsStream(NOTE)) {
      if (note != null) {
        properties.load(note);
      }
    } catch (IOException e) {
      return "taskwire"; // as without a note
    }
    String version = properties.getProperty("version");
    return version == null ? "taskwire" : "taskwire-" + version;
  }
}
