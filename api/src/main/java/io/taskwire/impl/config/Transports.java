/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl.config;

import io.taskwire.InvalidOptionException;
import io.taskwire.spi.TransportProvider;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds the transport that a URI's scheme names. */
public final class Transports {

  /** Where the schemes of our own transports are to be had. */
  private static final Map<String, String> ARTIFACTS = Map.of(
      "memory", "memory",
      "gearman", "gearman",
      "gearmans", "gearman",
      "beanstalk", "beanstalk",
      "beanstalks", "beanstalk",
      "amqp", "rabbitmq",
      "amqps", "rabbitmq");

  private Transports() {}

  /**
   * Loads the providers that are registered, through the thread's context class loader and the one of this library.
   *
   * @return each provider once
   */
  public static List<TransportProvider> load() {
    List<TransportProvider> providers = new ArrayList<>();
    for (ClassLoader loader : ClassLoaders.ofCaller()) {
      ServiceLoader.load(TransportProvider.class, loader).stream()
          .filter(found -> providers.stream().noneMatch(had -> had.getClass() == found.type()))
          .map(ServiceLoader.Provider::get)
          .forEach(providers::add);
    }
    return providers;
  }

  static TransportProvider choose(
      String scheme, UriText uri, Collection<TransportProvider> providers) {
    List<TransportProvider> found = providers.stream()
        .filter(provider -> provider.schemes().contains(scheme))
        .toList();
    if (found.isEmpty()) {
      throw none(scheme, uri, providers);
    }
    if (found.size() > 1) {
      String classes = found.stream()
          .map(provider -> provider.getClass().getName())
          .collect(Collectors.joining(" and "));
      throw new InvalidOptionException(
          uri.key(),
          "More than one transport for the scheme " + Quoted.text(scheme) + ": " + classes
              + ". Leave one of them on the class path.",
          null);
    }
    return found.get(0);
  }

  private static InvalidOptionException none(
      String scheme, UriText uri, Collection<TransportProvider> providers) {
    Set<String> present = new TreeSet<>();
    providers.forEach(provider -> present.addAll(provider.schemes()));
    String artifact = ARTIFACTS.get(scheme);
    String remedy;
    if (artifact != null) {
      remedy = "Add io.taskwire:taskwire-transport-" + artifact + " to the class path.";
    } else {
      Set<String> schemes = new TreeSet<>(ARTIFACTS.keySet());
      schemes.addAll(present);
      String nearest = NearestKey.to(scheme, schemes);
      remedy = nearest == null
          ? "Transports are named io.taskwire:taskwire-transport-…."
          : "Did you mean " + nearest + "?";
    }
    return OptionErrors.noTransport(scheme, uri, present, remedy);
  }
}
