/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.gearman.codec.GrabJobUniq;
import io.taskwire.gearman.codec.PayloadRequest;
import io.taskwire.gearman.codec.Request;
import io.taskwire.gearman.codec.SubmitJob;
import io.taskwire.gearman.codec.SubmitJobBg;
import io.taskwire.gearman.codec.SubmitJobHigh;
import io.taskwire.gearman.codec.WorkComplete;
import io.taskwire.spi.BrokerUri.HostPort;
import io.taskwire.tck.bed.Await;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LargePayloadsTest {

  private static final int KIB = 1024;

  /** How many packets a barrier is. */
  private static final int BARRIER = 2;

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final GearmanConnector connector =
      new GearmanConnector(context, KIB * KIB, Duration.ofSeconds(20), Duration.ofSeconds(20));

  @AfterEach
  void close() {
    Await.done(connector.close());
    Await.done(vertx.close());
  }

  @Test
  void keep_their_places_between_small_packets() {
    List<Request> packets = new ArrayList<>();
    for (int length : new int[] {
      10,
      256 * KIB - 1,
      1,
      256 * KIB,
      500 * KIB,
      100 * KIB,
      60 * KIB,
      257 * KIB,
      300 * KIB + 7,
      200 * KIB,
      1000 * KIB
    }) {
      packets.add(new GrabJobUniq());
      packets.add(new SubmitJob("function", "", random(length)));
      packets.add(new WorkComplete("H:vm:" + length, random(length + 1)));
      packets.add(new SubmitJobBg("function", "unique", random(length + 2)));
    }
    packets.add(new SubmitJobHigh("the last", "", random(KIB * KIB)));

    assertThat(briefly(arriving(packets))).isEqualTo(briefly(packets));
  }

  @Test
  void can_be_sent_more_than_once() {
    Buffer payload = random(600 * KIB);
    List<Request> packets = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      packets.add(new SubmitJob("function", "", payload));
      packets.add(new WorkComplete("H:vm:1", payload.slice(0, 512 * KIB)));
    }

    assertThat(briefly(arriving(packets))).isEqualTo(briefly(packets));
  }

  /** What a server reads when these are sent in one turn. */
  private List<Request> arriving(List<Request> packets) {
    try (ScriptedServer server = new ScriptedServer(ScriptedServer::greet)) {
      Promise<Void> arrived = Promise.promise();
      context.runOnContext(turn -> {
        Future<GearmanConnection> open =
            connector.open(new HostPort("127.0.0.1", server.port()), new IdleOwner());
        open.compose(connection -> {
              packets.forEach(connection::send);
              return connection.barrier();
            })
            .onComplete(arrived);
      });
      Await.done(arrived.future());
      List<Request> heard = List.copyOf(server.requests);
      int end = heard.size() - BARRIER;
      return heard.subList(end - packets.size(), end);
    }
  }

  /** A failure is to print no megabytes. */
  private static List<String> briefly(List<Request> packets) {
    return packets.stream()
        .map(packet -> packet instanceof PayloadRequest request
            ? packet.type() + " " + request.payload().length() + " " + packet.hashCode()
            : packet.toString())
        .toList();
  }

  private static Buffer random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return Buffer.buffer(bytes);
  }
}
