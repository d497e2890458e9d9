/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import java.util.List;

/** Prints options as the tables of the documents, which so can be compared with the code. */
public final class OptionTable {

  private static final String HEAD = """
      | Key | Environment | Values | Default | Meaning |
      |---|---|---|---|---|
      """;

  private OptionTable() {}

  /**
   * Prints the options that every queue has.
   *
   * @return a Markdown table, a line feed after each line
   */
  public static String ofCore() {
    return markdown("", CoreOptions.all());
  }

  /**
   * Prints the options of a transport.
   *
   * @param provider the transport
   * @return a Markdown table, a line feed after each line
   */
  public static String of(TransportProvider provider) {
    return markdown(provider.name() + ".", provider.options());
  }

  private static String markdown(String prefix, List<Option<?>> options) {
    StringBuilder table = new StringBuilder(HEAD);
    for (Option<?> option : options) {
      String key = prefix + option.key();
      table
          .append("| `")
          .append(key)
          .append("` | `")
          .append(Option.environmentName(key))
          .append("` | ")
          .append(cell(option.values()))
          .append(" | ")
          .append(cell(option.defaultText()))
          .append(" | ")
          .append(cell(option.description()))
          .append(" |\n");
    }
    return table.toString();
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
