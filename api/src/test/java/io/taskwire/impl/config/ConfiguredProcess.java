/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl.config;

import io.taskwire.QueueOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A process with properties, an environment and a class path of its own. */
final class ConfiguredProcess {

  private final Map<String, String> properties = new HashMap<>();
  private final Map<String, String> environment = new HashMap<>();
  private ClassLoader loader = new URLClassLoader(new URL[0], null);

  ConfiguredProcess property(String key, String value) {
    properties.put(key, value);
    return this;
  }

  ConfiguredProcess variable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Puts a taskwire.properties on the class path. */
  ConfiguredProcess file(Path folder, String content) {
    try {
      Files.writeString(folder.resolve("taskwire.properties"), content);
      loader = new URLClassLoader(new URL[] {url(folder)}, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  private static URL url(Path folder) throws MalformedURLException {
    return folder.toUri().toURL();
  }

  ResolvedConfiguration resolve(QueueOptions options) {
    return Configuration.resolve(
        options, TestProvider.all(), new Sources(properties, environment, List.of(loader)));
  }

  ResolvedConfiguration resolve(String uri) {
    return resolve(QueueOptions.of(uri));
  }

  ResolvedConfiguration resolve() {
    return resolve(QueueOptions.builder().build());
  }
}
