/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of this project. */
final class Project {

  /** Where Maven says that this module is; the tests run there. */
  static final Path MODULE = Path.of(System.getProperty("basedir", "")).toAbsolutePath();

  static final Path ROOT = MODULE.resolveSibling("");

  private Project() {}

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
