/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.taskwire.gearman.GearmanAcl;
import io.taskwire.gearman.GearmanException;
import io.taskwire.gearman.GearmanServer;
import io.taskwire.gearman.GearmanServerOptions;
import io.taskwire.gearman.codec.CanDo;
import io.taskwire.gearman.codec.CanDoTimeout;
import io.taskwire.gearman.codec.ErrorResponse;
import io.taskwire.gearman.codec.GrabJob;
import io.taskwire.gearman.codec.JobAssign;
import io.taskwire.gearman.codec.NoJob;
import io.taskwire.gearman.codec.SubmitJob;
import io.taskwire.gearman.codec.SubmitJobBg;
import io.taskwire.gearman.codec.WorkComplete;
import io.taskwire.tck.tls.TestCertificates;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS, with the JDK's on the other side, and what certificates allow. */
@Timeout(60)
class ServerTlsTest {

  private static final Buffer NOTHING = Buffer.buffer();
  private static final GearmanServerOptions TLS = GearmanServerOptions.create()
      .tls(TestCertificates.SERVER.key(), TestCertificates.SERVER.certificate());
  private static final GearmanServerOptions MUTUAL = TLS.clientCa(TestCertificates.ca());

  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  private GearmanServer start(GearmanServerOptions options) {
    GearmanServer server = GearmanServer.start(options);
    open.add(server);
    return server;
  }

  private RawPeer connect(GearmanServer server, @Nullable TestCertificates own, String... protocols)
      throws IOException {
    RawPeer peer =
        new RawPeer(TlsSockets.connect(server.port(), TestCertificates.ca(), own, protocols));
    open.push(peer);
    return peer;
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void old_and_new_peers_are_served(String protocol) throws IOException {
    GearmanServer server = start(TLS);
    assertThat(server.uri()).isEqualTo("gearmans://127.0.0.1:" + server.port());
    RawPeer client = connect(server, null, protocol);
    RawPeer worker = connect(server, null, protocol).send(new CanDo("f")).hearsNothing();
    String handle = client.submit(new SubmitJob("f", "", Buffer.buffer("in")));
    worker.send(new GrabJob()).next(JobAssign.class);
    Buffer large = Buffer.buffer(new byte[3 << 20]);

    worker.send(new WorkComplete(handle, large));

    assertThat(client.next()).isEqualTo(new WorkComplete(handle, large));
    assertThat(((SSLSocket) client.socket()).getSession().getProtocol()).isEqualTo(protocol);
  }

  @Test
  void a_client_that_trusts_another_authority_does_not_connect() {
    GearmanServer server = start(TLS);

    assertThatThrownBy(() -> TlsSockets.connect(server.port(), TestCertificates.otherCa(), null))
        .isInstanceOf(SSLHandshakeException.class);
  }

  @Test
  void one_who_speaks_plainly_is_not_answered() {
    GearmanServer server = start(TLS);
    try (RawPeer plain = RawPeer.of(server)) {
      plain.text("version");

      assertThat(plain.socket().isConnected()).isTrue();
      assertThatThrownBy(plain::line).isInstanceOf(AssertionError.class);
    }
    assertThat(server.counters().await().textCommands()).isZero();
  }

  @Test
  void with_a_client_authority_its_certificates_are_taken() throws IOException {
    connect(start(MUTUAL), TestCertificates.CLIENT).hearsNothing();
  }

  @ParameterizedTest
  @EnumSource(names = {"EXPIRED_CLIENT", "OTHER_CLIENT"})
  void with_a_client_authority_others_are_refused(TestCertificates wrong) {
    refuses(wrong);
  }

  @Test
  void with_a_client_authority_those_without_a_certificate_are_refused() {
    refuses(null);
  }

  private void refuses(@Nullable TestCertificates own) {
    GearmanServer server = start(MUTUAL);

    // With TLS 1.3 the client's handshake is over before the server has looked at its certificate,
    // which may close the
    // connection while the client still writes.
    assertThatThrownBy(() -> {
          SSLSocket socket = TlsSockets.connect(server.port(), TestCertificates.ca(), own);
          socket.getInputStream().read();
        })
        .isInstanceOfAny(SSLException.class, SocketException.class);
    assertThat(server.counters().await().connectionsAccepted()).isZero();
  }

  @Test
  void vertx_options_are_taken_as_they_are() throws IOException {
    ServerSSLOptions options = new ServerSSLOptions();
    options.setKeyCertOptions(new PemKeyCertOptions()
        .setKeyPath(TestCertificates.SERVER.key().toString())
        .setCertPath(TestCertificates.SERVER.certificate().toString()));
    options.setTrustOptions(
        new PemTrustOptions().addCertPath(TestCertificates.ca().toString()));
    options.setClientAuth(ClientAuth.REQUEST);
    GearmanServer server = start(
        GearmanServerOptions.create().tls(options).acl(GearmanAcl.create().invoke("client", "f")));

    connect(server, TestCertificates.CLIENT).submit(new SubmitJobBg("f", "", NOTHING));
    assertThat(connect(server, null)
            .send(new SubmitJobBg("f", "", NOTHING))
            .next(ErrorResponse.class)
            .code())
        .isEqualTo("PERMISSION_DENIED");
  }

  @Test
  void each_name_may_do_what_the_list_says_and_nothing_else() throws IOException {
    GearmanServer server = start(MUTUAL.acl(
        GearmanAcl.create().register("worker", "resize|mail\\..*").invoke("client", "resize")));
    RawPeer client = connect(server, TestCertificates.CLIENT);
    RawPeer worker = connect(server, TestCertificates.WORKER);

    worker.send(new CanDo("resize"), new CanDoTimeout("mail.send", 9)).hearsNothing();
    worker.send(new CanDo("resized"), new CanDoTimeout("other", 9));
    assertThat(worker.next())
        .isEqualTo(
            new ErrorResponse("PERMISSION_DENIED", "This connection may not register resized"));
    assertThat(worker.next(ErrorResponse.class).code()).isEqualTo("PERMISSION_DENIED");

    String handle = client.submit(new SubmitJob("resize", "", NOTHING));
    assertThat(client.send(new SubmitJob("mail.send", "", NOTHING)).next())
        .isEqualTo(
            new ErrorResponse("PERMISSION_DENIED", "This connection may not invoke mail.send"));
    assertThat(worker
            .send(new SubmitJob("resize", "", NOTHING))
            .next(ErrorResponse.class)
            .code())
        .isEqualTo("PERMISSION_DENIED");

    assertThat(worker.ask("cancel job " + handle)).isEqualTo("ERR PERMISSION_DENIED");
    assertThat(client.ask("create function x")).isEqualTo("ERR PERMISSION_DENIED");
    assertThat(client.ask("drop function resize")).isEqualTo("ERR PERMISSION_DENIED");
    assertThat(client.ask("maxqueue resize 1")).isEqualTo("ERR PERMISSION_DENIED");
    assertThat(client.ask("shutdown")).isEqualTo("ERR PERMISSION_DENIED");
    assertThat(client.list("status"))
        .containsExactlyInAnyOrder("resize\t1\t0\t1", "mail.send\t0\t0\t1");
    assertThat(client.ask("cancel job " + handle)).isEqualTo("OK");
  }

  @Test
  void who_may_grant_changes_the_list_while_the_server_runs() throws IOException {
    GearmanServer server =
        start(MUTUAL.acl(GearmanAcl.create().grant("client").invoke("worker", "f")));
    RawPeer granting = connect(server, TestCertificates.CLIENT);
    RawPeer worker = connect(server, TestCertificates.WORKER);
    assertThat(worker.ask("acl grant register worker .*")).isEqualTo("ERR PERMISSION_DENIED");
    assertThat(worker.send(new CanDo("f")).next()).isInstanceOf(ErrorResponse.class);

    assertThat(granting.ask("acl grant register worker f.*")).isEqualTo("OK");
    assertThat(granting.list("acl list"))
        .containsExactly(
            "client\tregister=None\tinvoke=None\tgrant=True",
            "worker\tregister=f.*\tinvoke=f\tgrant=False");
    worker.send(new CanDo("f"), new GrabJob());
    assertThat(worker.next()).isEqualTo(new NoJob());

    assertThat(granting.ask("acl revoke register worker")).isEqualTo("OK");
    assertThat(worker.send(new CanDo("f2")).next()).isInstanceOf(ErrorResponse.class);
    assertThat(worker.ask("acl self-revoke all")).isEqualTo("OK");
    assertThat(worker.send(new SubmitJob("f", "", NOTHING)).next())
        .isInstanceOf(ErrorResponse.class);
    assertThat(granting.list("acl list"))
        .containsExactly("client\tregister=None\tinvoke=None\tgrant=True");
    assertThat(granting.ask("acl grant invoke worker [")).startsWith("ERR UNABLE ");
    assertThat(granting.ask("acl grant fly worker")).isEqualTo("ERR UNKNOWN_ACL_VERB");
    assertThat(granting.ask("create function x")).isEqualTo("OK");
    assertThat(granting.ask("shutdown")).isEqualTo("OK");
    server.closed().await();
  }

  @Test
  void options_that_contradict_each_other_are_refused() {
    GearmanServerOptions plain = GearmanServerOptions.create();

    assertThatThrownBy(() -> GearmanServer.start(plain.clientCa(TestCertificates.ca())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tls");
    assertThatThrownBy(() -> GearmanServer.start(plain.acl(GearmanAcl.create())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("certificates");
    assertThatThrownBy(() -> GearmanServer.start(TLS.acl(GearmanAcl.create())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("clientCa");
    assertThatThrownBy(() ->
            GearmanServer.start(plain.tls(new ServerSSLOptions()).clientCa(TestCertificates.ca())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ServerSSLOptions");
  }

  @Test
  void a_certificate_that_cannot_be_read_is_an_error_that_says_so() {
    assertThatThrownBy(() -> GearmanServer.start(GearmanServerOptions.create()
            .tls(Path.of("/nowhere/key.pem"), TestCertificates.SERVER.certificate())))
        .isInstanceOf(GearmanException.class)
        .hasMessageContaining("/nowhere/key.pem");
  }

  @Test
  void a_failed_handshake_leaves_nothing_behind() throws IOException {
    GearmanServer server = start(MUTUAL);
    RawPeer good = connect(server, TestCertificates.CLIENT).hearsNothing();
    try (RawPeer plain = RawPeer.of(server)) {
      plain.text("this is no handshake");
      plain.untilClosed();
    }

    await()
        .untilAsserted(() -> assertThat(server.counters().await().connections()).isEqualTo(1));
    good.hearsNothing();
  }
}
