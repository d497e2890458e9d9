/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl.config;

import io.taskwire.InvalidOptionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Reads a file of properties, in UTF-8. */
final class PropertiesFile {

  static final String NAME = "taskwire.properties";

  private PropertiesFile() {}

  /** The file that somebody asked for, so it must be there. */
  static Source named(String path, String key) {
    try (InputStream in = Files.newInputStream(Path.of(path))) {
      return read(in, path);
    } catch (IOException | InvalidPathException e) {
      throw unreadable(path, key, e);
    }
  }

  /** The resource of the first class loader that has it. */
  static Source onClassPath(List<ClassLoader> loaders) {
    for (ClassLoader loader : loaders) {
      URL url = loader.getResource(NAME);
      if (url != null) {
        try (InputStream in = open(url)) {
          return read(in, NAME);
        } catch (IOException e) {
          throw unreadable(NAME, NAME, e);
        }
      }
    }
    return Source.sorted(NAME, Spelling.FILE, Map.of());
  }

  private static InputStream open(URL url) throws IOException {
    URLConnection connection = url.openConnection();
    // A cached jar file would stay open, and its old content be read after it is replaced.
    connection.setUseCaches(false);
    return connection.getInputStream();
  }

  private static Source read(InputStream in, String name) throws IOException {
    Properties properties = new Properties();
    Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8);
    try {
      properties.load(reader);
    } catch (IllegalArgumentException e) {
      // Without the cause and its text, which may quote a value.
      throw new InvalidOptionException(
          name,
          "The file " + Quoted.text(name) + " has a \\u that is not followed by four hex digits.",
          null);
    }
    Map<String, String> values = new HashMap<>();
    properties.forEach((key, value) -> values.put((String) key, (String) value));
    return Source.sorted(name, Spelling.FILE, values);
  }

  private static InvalidOptionException unreadable(String path, String key, Exception cause) {
    // The cause's own text may have what is not fit for a log line.
    String reason = cause.getClass().getSimpleName();
    InvalidOptionException error = new InvalidOptionException(
        key, "The file " + Quoted.text(path) + " (" + key + ") can't be read: " + reason, null);
    error.initCause(cause);
    return error;
  }
}
