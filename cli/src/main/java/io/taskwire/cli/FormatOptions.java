/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.cli;

import picocli.CommandLine.Option;

/** The choice of a format; at most one of the options is given. */
final class FormatOptions {

  private Format<?> format = new TextFormat();

  Format<?> format() {
    return format;
  }

  @Option(
      names = "--text",
      description = "Payload and result are UTF-8 text, a string for the serializer (default).")
  void text(boolean chosen) {
    if (chosen) {
      format = new TextFormat();
    }
  }

  @Option(names = "--json", description = "They are JSON, a value for the serializer.")
  void json(boolean chosen) {
    if (chosen) {
      format = new JsonFormat();
    }
  }

  @Option(names = "--raw", description = "They are bytes, which no serializer touches.")
  void raw(boolean chosen) {
    if (chosen) {
      format = new RawFormat();
    }
  }
}
