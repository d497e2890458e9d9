/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.gearman.codec.EchoReq;
import io.taskwire.gearman.codec.GetStatus;
import io.taskwire.gearman.codec.GrabJobUniq;
import io.taskwire.gearman.codec.NoJob;
import io.taskwire.gearman.codec.PreSleep;
import io.taskwire.gearman.codec.Request;
import io.taskwire.gearman.connection.ScriptedServer;
import io.taskwire.tck.bed.Await;
import io.taskwire.tck.bed.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What connections say as long as there is nothing to do. */
@Timeout(60)
class IdleConnectionsTest {

  private static final int WORKERS = 5;

  @Test
  void at_each_heartbeat_each_worker_looks_for_a_job_and_asks_for_no_other_sign_of_life() {
    try (ScriptedServer server = new ScriptedServer((request, socket) -> {
          ScriptedServer.greet(request, socket);
          if (request instanceof GrabJobUniq) {
            ScriptedServer.send(socket, new NoJob());
          }
        });
        Stage stage = Stage.of(new GearmanTransportProvider(), server.port())
            .with(GearmanTransportProvider.HEARTBEAT, Duration.ofMillis(300))
            .connect()) {
      for (int i = 0; i < WORKERS; i++) {
        stage.consume("t" + i, 1, delivery -> {});
      }
      // All that workers say at first, until they sleep.
      for (int sleeping = 0; sleeping < WORKERS; ) {
        sleeping += Await.next(server.requests) instanceof PreSleep ? 1 : 0;
      }
      List<Request> beats = new ArrayList<>();
      while (Collections.frequency(beats, new PreSleep()) < 4 * WORKERS) {
        beats.add(Await.next(server.requests));
      }

      assertThat(beats).filteredOn(GrabJobUniq.class::isInstance).hasSize(4 * WORKERS);
      // Those of the connection that submits.
      assertThat(beats).filteredOn(EchoReq.class::isInstance).hasSizeLessThanOrEqualTo(5);
      assertThat(beats).filteredOn(GetStatus.class::isInstance).hasSizeLessThanOrEqualTo(5);
    }
  }
}
