/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.tck.broker.FreePort;
import io.taskwire.tck.tls.TestCertificates;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The server from the command line, with foreign clients and workers and our own. */
@Timeout(120)
class GearmandTest {

  private final int port = FreePort.find();
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  @AfterEach
  void close_processes() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  private CliProcess gearmand(String... options) {
    List<String> arguments = new ArrayList<>(List.of("gearmand", "--port", Integer.toString(port)));
    arguments.addAll(List.of(options));
    return taskwire(arguments.toArray(String[]::new));
  }

  private CliProcess listening(String... options) {
    return gearmand(options).awaitStderr("listening on 127.0.0.1:" + port + "\n");
  }

  private CliProcess taskwire(String... arguments) {
    CliProcess process = CliProcess.taskwire(arguments);
    open.push(process);
    return process;
  }

  private CliProcess gearman(String... arguments) {
    return foreign("gearman", arguments);
  }

  private CliProcess gearadmin(String... arguments) {
    return foreign("gearadmin", arguments);
  }

  private CliProcess foreign(String program, String... arguments) {
    List<String> command =
        new ArrayList<>(List.of(program, "-h", "127.0.0.1", "-p", Integer.toString(port)));
    command.addAll(List.of(arguments));
    CliProcess process = CliProcess.foreign(command.toArray(String[]::new));
    open.push(process);
    return process;
  }

  @Test
  void a_foreign_worker_serves_a_foreign_client() throws Exception {
    listening();
    gearman("-w", "-f", "up", "--", "tr", "a-z", "A-Z");

    CliProcess client = gearman("-f", "up").stdin("hello");

    assertThat(client.exitCode()).as(client.errors()).isZero();
    assertThat(client.text()).isEqualTo("HELLO");
  }

  @Test
  void our_worker_serves_a_foreign_client() throws Exception {
    listening();
    taskwire(
            "work",
            "--queue",
            "gearman://127.0.0.1:" + port,
            "--task",
            "rev",
            "--raw",
            "--builtin",
            "reverse")
        .awaitStderr("ready rev\n");

    CliProcess client = gearman("-f", "rev").stdin("hello");

    assertThat(client.exitCode()).as(client.errors()).isZero();
    assertThat(client.text()).isEqualTo("olleh");
  }

  @Test
  void gearadmin_reads_its_status() throws Exception {
    listening();
    assertThat(gearman("-b", "-f", "later").stdin("x").exitCode()).isZero();

    CliProcess status = gearadmin("--status");

    assertThat(status.exitCode()).as(status.errors()).isZero();
    assertThat(status.text()).startsWith("later\t1\t0\t0\n");
  }

  @Test
  void it_ends_at_sigterm_and_at_sigint() throws Exception {
    for (String signal : List.of("TERM", "INT")) {
      CliProcess server = listening();
      server.signal(signal);
      assertThat(server.exitCode()).isZero();
    }
  }

  @Test
  void it_ends_at_the_command_shutdown() throws Exception {
    CliProcess server = listening();

    try (Socket admin = new Socket(InetAddress.getLoopbackAddress(), port)) {
      admin.getOutputStream().write("shutdown\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(admin.getInputStream().readAllBytes()).asString().isEqualTo("OK\r\n");
    }

    assertThat(server.exitCode()).isZero();
  }

  @Test
  void a_port_that_is_taken_is_an_error_that_says_so() throws Exception {
    listening();

    CliProcess second = gearmand();

    assertThat(second.exitCode()).isEqualTo(ExitCode.OTHER);
    assertThat(second.errors())
        .startsWith("taskwire: cannot start a Gearman server on 127.0.0.1:" + port)
        .contains("in use");
  }

  @Test
  void wrong_options_are_usage_errors() throws Exception {
    CliProcess keyAlone = gearmand("--tls-key", TestCertificates.SERVER.key().toString());
    assertThat(keyAlone.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(keyAlone.errors()).contains("--tls-cert");

    CliProcess aclWithoutCa = gearmand(
        "--tls-key",
        TestCertificates.SERVER.key().toString(),
        "--tls-cert",
        TestCertificates.SERVER.certificate().toString(),
        "--allow-invoke",
        "client=.*");
    assertThat(aclWithoutCa.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(aclWithoutCa.errors()).contains("clientCa");

    CliProcess badPort = taskwire("gearmand", "--port", "70000");
    assertThat(badPort.exitCode()).isEqualTo(ExitCode.USAGE);
  }
}
