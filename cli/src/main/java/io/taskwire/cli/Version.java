/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version, as Maven notes it in the jar. */
final class Version implements IVersionProvider {

  private static final String NOTE = "/META-INF/maven/io.taskwire/taskwire-cli/pom.properties";

  @Override
  public String[] getVersion() throws IOException {
    Properties properties = new Properties();
    try (InputStream note = Version.class.getResourceAsStream(NOTE)) {
      if (note != null) {
        properties.load(note);
      }
    }
    return new String[] {"taskwire " + properties.getProperty("version", "(not packaged)")};
  }
}
