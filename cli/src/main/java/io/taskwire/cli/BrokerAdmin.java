/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.cli;

import io.taskwire.spi.BrokerUri;
import java.util.List;
import java.util.stream.Collectors;

/** An administrator's way to one broker. Brokers have little in common here: each kind has its own actions. */
interface BrokerAdmin extends AutoCloseable {

  /**
   * Does something.
   *
   * @throws IllegalArgumentException if the broker has no such action, or it takes other arguments
   */
  Report run(String action, List<String> arguments);

  @Override
  void close();

  /**
   * Finds the way to a broker.
   *
   * @throws IllegalArgumentException if brokers of its kind cannot be looked after from here, or there are several
   */
  static BrokerAdmin open(String uri) {
    requireOne(uri);
    return isGearman(uri) ? new GearmanBrokerAdmin(uri) : new BeanstalkBrokerAdmin(uri);
  }

  /** Asks how it stands with a task. */
  static Report taskStatus(String uri, String id) {
    if (isGearman(uri)) {
      return GearmanTaskStatus.ask(uri, id);
    }
    requireOne(uri); // each counts its jobs from 1
    return BeanstalkTaskStatus.ask(uri, id);
  }

  private static void requireOne(String uri) {
    List<BrokerUri.HostPort> hosts = BrokerUri.parse(uri).hosts();
    if (hosts.size() > 1) {
      throw new IllegalArgumentException("this asks one server: name one of "
          + hosts.stream().map(BrokerUri.HostPort::toString).collect(Collectors.joining(", ")));
    }
  }

  /** Tells Gearman from beanstalkd. */
  private static boolean isGearman(String uri) {
    String scheme = BrokerUri.parse(uri).scheme();
    return switch (scheme) {
      case "gearman", "gearmans" -> true;
      case "beanstalk", "beanstalks" -> false;
      default ->
        throw new IllegalArgumentException("there is no admin for the scheme \"" + scheme
            + "\"; there is one for gearman, gearmans, beanstalk and beanstalks");
    };
  }
}
