/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck.broker;

import io.taskwire.tck.broker.RabbitmqSetup.Encryption;
import io.taskwire.tck.tls.TestCertificates;
import org.jspecify.annotations.Nullable;

/**
 * The {@code rabbitmq-server} that is installed on this machine, as a private node. Starting one takes seconds, so a
 * node outlives its broker: {@link #close()} empties it and lends it to the next broker that is started. A broker that
 * is asked for its address before it is started gets a new node, and nobody listens there until the start.
 */
public final class RabbitmqBroker implements Broker {

  private static final String ACTOR = ErlangShell.binary("taskwire-tck");
  private static final String VIRTUAL_HOST = ErlangShell.binary("/");

  private final RabbitmqSetup setup;
  private @Nullable RabbitmqNode node;
  private boolean changed;
  private boolean frozen;

  private RabbitmqBroker(RabbitmqSetup setup) {
    this.setup = setup;
  }

  /**
   * A broker whose user {@code guest} with the password {@code guest} may do everything. Not started yet.
   *
   * @return the broker
   */
  public static RabbitmqBroker create() {
    return new RabbitmqBroker(new RabbitmqSetup(Encryption.NONE, false));
  }

  /**
   * A broker that speaks TLS itself, with {@link TestCertificates#SERVER}. Its address names the authority to trust. Not
   * started yet.
   *
   * @return the broker
   */
  public static RabbitmqBroker withTls() {
    return new RabbitmqBroker(new RabbitmqSetup(Encryption.TLS, false));
  }

  /**
   * A broker that speaks TLS itself and asks clients for a certificate of {@link TestCertificates#ca()}. Its address
   * names the authority to trust, not the client's certificate. Not started yet.
   *
   * @return the broker
   */
  public static RabbitmqBroker withMutualTls() {
    return new RabbitmqBroker(new RabbitmqSetup(Encryption.MUTUAL_TLS, false));
  }

  /**
   * A broker with the management plugin. Not started yet.
   *
   * @return the broker
   */
  public static RabbitmqBroker withManagement() {
    return new RabbitmqBroker(new RabbitmqSetup(Encryption.NONE, true));
  }

  @Override
  public String url() {
    return urlThrough(port());
  }

  @Override
  public String urlThrough(int port) {
    // The certificate is for localhost, too.
    return setup.encryption() == Encryption.NONE
        ? "amqp://127.0.0.1:" + port
        : "amqps://localhost:" + port + "?ca=" + TestCertificates.ca();
  }

  @Override
  public int port() {
    return node().port();
  }

  /**
   * Gives the address of the management plugin.
   *
   * @return a URL
   * @throws IllegalStateException if the broker was made without
   */
  public String managementUrl() {
    if (!setup.management()) {
      throw new IllegalStateException(
          "this broker has no management plugin: make it withManagement()");
    }
    return "http://127.0.0.1:" + node().managementPort();
  }

  /** The node of this broker; a new one if none has been needed yet. */
  private RabbitmqNode node() {
    RabbitmqNode current = node;
    if (current == null) {
      current = new RabbitmqNode(setup);
      node = current;
    }
    return current;
  }

  @Override
  public boolean isProcess() {
    return true;
  }

  @Override
  public void start() {
    if (node == null) {
      node = RabbitmqPool.take(setup);
      if (node != null) {
        return;
      }
    }
    node().start();
  }

  @Override
  public void stop() {
    if (node != null) {
      node.stop();
      frozen = false;
    }
  }

  @Override
  public void kill() {
    if (node != null) {
      node.kill();
      frozen = false;
    }
  }

  @Override
  public boolean isRunning() {
    return node != null && node.isRunning();
  }

  @Override
  public void freeze() {
    node().freeze();
    frozen = true;
  }

  @Override
  public void thaw() {
    if (node != null) {
      node.thaw();
      frozen = false;
    }
  }

  @Override
  public int connections() {
    return node().connections();
  }

  /** Has it believe that it lacks memory: it blocks every connection that publishes. */
  public void memoryAlarm() {
    ask("vm_memory_monitor:set_vm_memory_high_watermark(0)");
    changed = true;
  }

  /** Ends the alarm. */
  public void endMemoryAlarm() {
    ask("vm_memory_monitor:set_vm_memory_high_watermark(0.4)");
    changed = false;
  }

  /**
   * Closes all connections as an operator does.
   *
   * @param reason what their clients are told
   */
  public void closeConnections(String reason) {
    node()
        .evaluate("[rabbit_networking:close_connection(P, " + ErlangShell.binary(reason)
            + ") || P <- rabbit_networking:connections()]");
  }

  /**
   * Adds a user who may not do anything yet, not even connect; one of that name is replaced.
   *
   * @param name the user
   * @param password the password
   */
  public void addUser(String name, String password) {
    String user = ErlangShell.binary(name);
    node()
        .evaluate("catch rabbit_auth_backend_internal:delete_user(" + user + ", " + ACTOR
            + "), ok = rabbit_auth_backend_internal:add_user(" + user + ", "
            + ErlangShell.binary(password) + ", "
            + ACTOR + ")");
  }

  /**
   * Lets a user connect to the virtual host {@code /}, and there do some things. What is permitted is told by regular
   * expressions over names, of which an empty one permits nothing.
   *
   * @param user the user
   * @param configure which queues and exchanges may be declared and deleted
   * @param write which exchanges may be published to
   * @param read which queues may be consumed
   */
  public void permit(String user, String configure, String write, String read) {
    node()
        .evaluate("ok = rabbit_auth_backend_internal:set_permissions("
            + String.join(
                ", ",
                ErlangShell.binary(user),
                VIRTUAL_HOST,
                ErlangShell.binary(configure),
                ErlangShell.binary(write),
                ErlangShell.binary(read),
                ACTOR)
            + ")");
  }

  /**
   * Adds a virtual host, in which the user {@code guest} may do everything. Does nothing if there is one.
   *
   * @param name the virtual host
   */
  public void addVirtualHost(String name) {
    String host = ErlangShell.binary(name);
    node()
        .evaluate(
            "rabbit_vhost:exists(" + host + ") orelse (ok = rabbit_vhost:add(" + host + ", " + ACTOR
                + ")), ok = rabbit_auth_backend_internal:set_permissions(<<\"guest\">>, " + host
                + ", <<\".*\">>, <<\".*\">>, <<\".*\">>, " + ACTOR + ")");
  }

  /**
   * Evaluates an Erlang expression in the broker, as {@code rabbitmqctl eval} does. The broker's node is not lent to
   * another broker after that.
   *
   * @param expression without the full stop
   * @return the value, as Erlang writes it
   * @throws IllegalStateException if the expression throws, or there is no answer in time
   */
  public String evaluate(String expression) {
    changed = true;
    return ask(expression);
  }

  /** Evaluates what leaves the broker's node fit for other brokers. */
  String ask(String expression) {
    return node().evaluate(expression);
  }

  @Override
  public void close() {
    RabbitmqNode closing = node;
    node = null;
    if (closing == null) {
      return;
    }
    if (changed || frozen || !closing.isRunning() || closing.connections() > 0) {
      closing.close();
    } else {
      closing.evaluate("[rabbit_amqqueue:delete(Q, false, false, " + ACTOR
          + ") || Q <- rabbit_amqqueue:list()]");
      RabbitmqPool.giveBack(closing);
    }
    changed = false;
    frozen = false;
  }
}
