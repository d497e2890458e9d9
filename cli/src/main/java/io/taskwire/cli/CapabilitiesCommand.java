/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.cli;

import io.taskwire.Feature;
import io.taskwire.spi.TransportProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code taskwire capabilities}. */
@Command(
    name = "capabilities",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Shows what each transport can do: natively, emulated by Taskwire, or not at all.",
      "What one cannot do is refused when it is asked for. A broker at hand may be able to do less."
    })
final class CapabilitiesCommand implements Callable<Integer> {

  private final Streams streams;

  @Parameters(
      arity = "0..1",
      paramLabel = "SCHEME",
      description = "Only the transport of this URI scheme, such as gearman.")
  private @Nullable String scheme;

  CapabilitiesCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws IOException {
    List<TransportProvider> all = ServiceLoader.load(TransportProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparing(TransportProvider::name))
        .toList();
    List<TransportProvider> shown = all.stream()
        .filter(provider -> scheme == null || provider.schemes().contains(scheme))
        .toList();
    if (shown.isEmpty()) {
      throw new IllegalArgumentException("there is no transport for the scheme \"" + scheme
          + "\"; there are "
          + all.stream()
              .flatMap(provider -> provider.schemes().stream())
              .sorted()
              .collect(Collectors.joining(", ")));
    }
    streams.out().write(table(shown).getBytes(StandardCharsets.UTF_8));
    return ExitCode.DONE;
  }

  private static String table(List<TransportProvider> transports) {
    StringBuilder table = new StringBuilder();
    row(table, "feature", transports.stream().map(TransportProvider::name));
    for (Feature feature : Feature.values()) {
      row(
          table,
          feature.label(),
          transports.stream()
              .map(transport ->
                  transport.capabilities().of(feature).name().toLowerCase(Locale.ROOT)));
    }
    return table.toString();
  }

  private static void row(
      StringBuilder table, String first, java.util.stream.Stream<String> cells) {
    String line = cells
        .map(cell -> String.format("%-10s", cell))
        .collect(Collectors.joining(" ", String.format("%-42s", first), ""));
    table.append(line.stripTrailing()).append('\n');
  }
}
