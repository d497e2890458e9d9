/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.examples;

import io.taskwire.Feature;
import io.taskwire.Support;
import io.taskwire.spi.OptionTable;
import io.taskwire.spi.TransportProvider;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** The tables of the documents, as the code has them. */
final class Tables {

  private static final List<String> ORDER = List.of("memory", "gearman", "beanstalk", "rabbitmq");

  private Tables() {}

  /** {@code capabilities}, {@code options} of every queue, or {@code options gearman} of a transport. */
  static String of(String name) {
    return switch (name) {
      case "capabilities" -> capabilities();
      case "options" -> OptionTable.ofCore();
      default -> OptionTable.of(provider(name.replace("options ", "")));
    };
  }

  private static String capabilities() {
    List<TransportProvider> all = ORDER.stream().map(Tables::provider).toList();
    StringBuilder table = new StringBuilder("| Feature |");
    all.forEach(each -> table.append(" ").append(each.name()).append(" |"));
    table.append("\n|---|").append("---|".repeat(all.size())).append("\n");
    for (Feature feature : Feature.values()) {
      table.append("| ").append(feature.label()).append(" |");
      all.forEach(each ->
          table.append(" ").append(word(each.capabilities().of(feature))).append(" |"));
      table.append("\n");
    }
    return table.toString();
  }

  private static String word(Support support) {
    return switch (support) {
      case NATIVE -> "native";
      case EMULATED -> "emulated";
      case NONE -> "–";
    };
  }

  private static TransportProvider provider(String name) {
    List<TransportProvider> found = ServiceLoader.load(TransportProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(each -> each.name().equals(name))
        .collect(Collectors.toList());
    if (found.size() != 1) {
      throw new IllegalArgumentException(found.size() + " transports are named " + name);
    }
    return found.get(0);
  }
}
