/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.gearman.GearmanServer;
import io.taskwire.tck.bed.Await;
import org.junit.jupiter.api.Test;

class EmbeddedServerInteropTest extends InteropContract {

  private final GearmanServer server = GearmanServer.start();

  @Override
  void stopServer() {
    server.close();
  }

  @Override
  int port() {
    return server.port();
  }

  /** Its packet lacks the NUL behind the handle: gearmand closes the connection and runs the job again and again. */
  @Test
  void a_perl_worker_gives_an_empty_result() throws Exception {
    worker(Peer.PERL, "theirs");

    assertThat(Await.value(call("theirs_empty", new byte[] {1})).length()).isZero();
    assertThat(outcome(Peer.PHP, "theirs_empty", new byte[] {1}))
        .containsExactly("complete ", "end");
  }
}
