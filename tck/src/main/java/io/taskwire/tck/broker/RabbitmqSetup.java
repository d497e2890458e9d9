/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck.broker;

import io.taskwire.tck.tls.TestCertificates;

/**
 * How a node is set up. Nodes of equal setups can stand in for each other.
 *
 * @param encryption what its listener speaks
 * @param management whether it has the management plugin, which makes its start slower
 */
record RabbitmqSetup(Encryption encryption, boolean management) {

  enum Encryption {
    NONE,
    TLS,
    /** TLS, and clients must show a certificate. */
    MUTUAL_TLS
  }

  /** The scheme of its address. */
  String scheme() {
    return encryption == Encryption.NONE ? "amqp" : "amqps";
  }

  /**
   * Gives the configuration as Erlang terms. The newer format is translated by the node itself, against the schemas of
   * all plugins, which takes half of the time of its start.
   */
  String config(int port, int managementPort) {
    String listeners = encryption == Encryption.NONE ? "tcp_listeners" : "ssl_listeners";
    String others = encryption == Encryption.NONE ? "ssl_listeners" : "tcp_listeners";
    return """
        [{rabbit, [
           {%s, [{"127.0.0.1", %d}]},
           {%s, []},
           {loopback_users, []},
           {disk_free_limit, 1000000},
           {ssl_options, [%s]}]},
         {rabbitmq_management, [
           {listener, [{ip, "127.0.0.1"}, {port, %d}]}]}].
        """.formatted(listeners, port, others, tls(), managementPort);
  }

  private String tls() {
    boolean mutual = encryption == Encryption.MUTUAL_TLS;
    return encryption == Encryption.NONE
        ? ""
        : """
        {cacertfile, "%s"}, {certfile, "%s"}, {keyfile, "%s"}, {verify, %s}, {fail_if_no_peer_cert, %s}""".formatted(
                TestCertificates.ca(),
                TestCertificates.SERVER.certificate(),
                TestCertificates.SERVER.key(),
                mutual ? "verify_peer" : "verify_none",
                mutual);
  }

  /** The plugins of the node, as an Erlang term. */
  String plugins() {
    return management ? "[rabbitmq_management]." : "[].";
  }
}
