/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.cli;

import io.taskwire.spi.BrokerUri;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
   * @param management where RabbitMQ's management plugin is, null for its usual place
   * @throws IllegalArgumentException if brokers of its kind cannot be looked after from here, or there are several
   */
  static BrokerAdmin open(String uri, @Nullable String management) {
    requireOne(uri);
    Kind kind = Kind.of(uri);
    if (management != null && kind != Kind.RABBITMQ) {
      throw new IllegalArgumentException("--management is for RabbitMQ only");
    }
    return switch (kind) {
      case GEARMAN -> new GearmanBrokerAdmin(uri);
      case BEANSTALKD -> new BeanstalkBrokerAdmin(uri);
      case RABBITMQ -> RabbitmqBrokerAdmin.open(uri, management);
    };
  }

  /** Asks how it stands with a task. */
  static Report taskStatus(String uri, String id) {
    return switch (Kind.of(uri)) {
      case GEARMAN -> GearmanTaskStatus.ask(uri, id);
      case BEANSTALKD -> {
        requireOne(uri); // each counts its jobs from 1
        yield BeanstalkTaskStatus.ask(uri, id);
      }
      case RABBITMQ ->
        throw new IllegalArgumentException(
            "RabbitMQ cannot tell how it stands with a task; Gearman and beanstalkd can");
    };
  }

  private static void requireOne(String uri) {
    List<BrokerUri.HostPort> hosts = BrokerUri.parse(uri).hosts();
    if (hosts.size() > 1) {
      throw new IllegalArgumentException("this asks one server: name one of "
          + hosts.stream().map(BrokerUri.HostPort::toString).collect(Collectors.joining(", ")));
    }
  }

  /** The brokers that can be looked after. */
  enum Kind {
    GEARMAN,
    BEANSTALKD,
    RABBITMQ;

    static Kind of(String uri) {
      String scheme = BrokerUri.parse(uri).scheme();
      return switch (scheme) {
        case "gearman", "gearmans" -> GEARMAN;
        case "beanstalk", "beanstalks" -> BEANSTALKD;
        case "amqp", "amqps" -> RABBITMQ;
        default ->
          throw new IllegalArgumentException("there is no admin for the scheme \"" + scheme
              + "\"; there is one for gearman, gearmans, beanstalk, beanstalks, amqp and amqps");
      };
    }
  }
}
