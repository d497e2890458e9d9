/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where a JDK 25 is, whose blocking handlers run on virtual threads. */
final class Jdk25 {

  private static final Path INSTALLED = Path.of("/usr/lib/jvm");

  private Jdk25() {}

  /** The folder that the variable JAVA25_HOME names, or one among those installed, or null. */
  static @Nullable Path home() {
    String named = System.getenv("JAVA25_HOME");
    if (named != null) {
      return Path.of(named);
    }
    if (!Files.isDirectory(INSTALLED)) {
      return null;
    }
    try (DirectoryStream<Path> homes = Files.newDirectoryStream(INSTALLED, "*25*")) {
      for (Path home : homes) {
        if (Files.isExecutable(home.resolve("bin/java"))) {
          return home;
        }
      }
      return null;
    } catch (IOException e) {
      return null;
    }
  }
}
