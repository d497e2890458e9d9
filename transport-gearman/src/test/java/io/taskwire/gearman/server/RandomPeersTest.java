/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskwire.gearman.GearmanServer;
import io.taskwire.gearman.GearmanServerCounters;
import io.taskwire.gearman.GearmanServerOptions;
import io.taskwire.gearman.codec.CanDo;
import io.taskwire.gearman.codec.CanDoTimeout;
import io.taskwire.gearman.codec.CantDo;
import io.taskwire.gearman.codec.GetStatus;
import io.taskwire.gearman.codec.GrabJob;
import io.taskwire.gearman.codec.GrabJobUniq;
import io.taskwire.gearman.codec.JobAssign;
import io.taskwire.gearman.codec.JobAssignUniq;
import io.taskwire.gearman.codec.PreSleep;
import io.taskwire.gearman.codec.ResetAbilities;
import io.taskwire.gearman.codec.Response;
import io.taskwire.gearman.codec.SubmitJob;
import io.taskwire.gearman.codec.SubmitJobBg;
import io.taskwire.gearman.codec.SubmitJobEpoch;
import io.taskwire.gearman.codec.SubmitJobHigh;
import io.taskwire.gearman.codec.SubmitJobLowBg;
import io.taskwire.gearman.codec.WorkComplete;
import io.taskwire.gearman.codec.WorkData;
import io.taskwire.gearman.codec.WorkException;
import io.taskwire.gearman.codec.WorkFail;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers that do anything at any time, and leave at any time: every job is accounted for, and nothing is left behind. */
@Timeout(60)
class RandomPeersTest {

  private static final int PEERS = 6;
  private static final int STEPS = 2_500;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void every_job_is_accounted_for(long seed) {
    try (GearmanServer server =
        GearmanServer.start(GearmanServerOptions.create().jobRetries((int) seed - 1))) {
      Random random = new Random(seed);
      List<AnyPeer> peers = new ArrayList<>();
      for (int step = 0; step < STEPS; step++) {
        if (peers.size() < PEERS) {
          peers.add(new AnyPeer(server));
        }
        AnyPeer peer = peers.get(random.nextInt(peers.size()));
        if (random.nextInt(50) == 0) {
          peers.remove(peer);
          peer.leave(random);
        } else {
          peer.step(random);
        }
      }
      peers.forEach(peer -> peer.leave(random));
      await().until(() -> server.counters().await().connections() == 0);
      assertThat(server.counters().await().jobsRunning()).isZero();

      int drained = drain(server);

      GearmanServerCounters end = server.counters().await();
      assertThat(end.jobsWaiting()).isZero();
      assertThat(end.jobBytes()).isZero();
      assertThat(end.submitted())
          .isPositive()
          .isEqualTo(end.completed() + end.failed() + end.cancelled() + end.dropped());
      assertThat(end.completed()).isGreaterThanOrEqualTo(drained);
      assertThat(end.assigned()).isPositive();
    }
  }

  /** Works off what is left, which are background jobs alone. */
  private static int drain(GearmanServer server) {
    try (RawPeer worker = RawPeer.of(server)) {
      for (int i = 0; i < AnyPeer.FUNCTIONS; i++) {
        worker.send(new CanDo("f" + i));
      }
      int drained = 0;
      while (worker.send(new GrabJobUniq()).next() instanceof JobAssignUniq job) {
        worker.send(new WorkComplete(job.handle(), Buffer.buffer()));
        drained++;
      }
      worker.hearsNothing();
      return drained;
    }
  }

  private static final class AnyPeer {

    static final int FUNCTIONS = 4;

    private final RawPeer raw;
    private final List<String> held = new ArrayList<>();
    private String lastHandle = "H:none:1";

    AnyPeer(GearmanServer server) {
      raw = RawPeer.of(server);
    }

    void leave(Random random) {
      if (random.nextBoolean()) {
        raw.abort();
      } else {
        raw.close();
      }
    }

    void step(Random random) {
      String function = "f" + random.nextInt(FUNCTIONS);
      String unique = random.nextInt(3) == 0 ? "u" + random.nextInt(5) : "";
      Buffer payload = Buffer.buffer(new byte[random.nextInt(200)]);
      switch (random.nextInt(16)) {
        case 0 -> raw.send(new SubmitJob(function, unique, payload));
        case 1 -> raw.send(new SubmitJobHigh(function, unique, payload));
        case 2 -> raw.send(new SubmitJobBg(function, unique, payload));
        case 3 -> raw.send(new SubmitJobLowBg(function, "-", payload));
        case 4 -> raw.send(new SubmitJobEpoch(function, unique, 1, payload));
        case 5 -> raw.send(new CanDo(function));
        case 6 -> raw.send(new CanDoTimeout(function, random.nextInt(2)));
        case 7 -> raw.send(new CantDo(function));
        case 8 -> raw.send(random.nextInt(8) == 0 ? new ResetAbilities() : new PreSleep());
        case 9, 10, 11 -> raw.send(new GrabJob(), new GrabJobUniq());
        case 12 -> raw.send(new GetStatus(lastHandle));
        case 13 -> raw.text("cancel job " + lastHandle);
        default -> settle(random);
      }
      // The answer to this comes last, so what came before it is what there was.
      raw.send(new GetStatus("H:mark:1"));
      Response next = raw.next();
      while (!next.toString().contains("H:mark:1")) {
        hear(next);
        next = raw.next();
      }
    }

    private void hear(Response packet) {
      if (packet instanceof JobAssign job) {
        held.add(job.handle());
        lastHandle = job.handle();
      } else if (packet instanceof JobAssignUniq job) {
        held.add(job.handle());
        lastHandle = job.handle();
      }
    }

    private void settle(Random random) {
      if (held.isEmpty()) {
        return;
      }
      String handle = held.remove(random.nextInt(held.size()));
      raw.send(new WorkData(handle, Buffer.buffer("d")));
      switch (random.nextInt(3)) {
        case 0 -> raw.send(new WorkComplete(handle, Buffer.buffer("r")));
        case 1 -> raw.send(new WorkFail(handle));
        default -> raw.send(new WorkException(handle, Buffer.buffer("e")));
      }
    }
  }
}
