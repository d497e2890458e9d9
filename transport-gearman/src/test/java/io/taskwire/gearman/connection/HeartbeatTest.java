/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.spi.BrokerUri.HostPort;
import io.taskwire.tck.bed.Await;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HeartbeatTest {

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final GearmanConnector connector =
      new GearmanConnector(context, 10_000, Duration.ofSeconds(20), Duration.ofMillis(100));
  private final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    Await.done(connector.close());
    Await.done(vertx.close());
  }

  @Test
  void the_hearts_of_all_connections_beat_in_the_same_turn_of_the_event_loop() {
    try (ScriptedServer server = new ScriptedServer(ScriptedServer::greet)) {
      open(server, new Owner("first", true));
      open(server, new Owner("second", false));
      open(server, new Owner("third", false));
      heard.clear();
      while (!Await.next(heard).equals("next turn")) {
        // The beats of those that were open before the others.
      }

      for (int beats = 0; beats < 3; beats++) {
        assertThat(Await.next(heard)).isEqualTo("first");
        assertThat(Await.next(heard)).isEqualTo("second");
        assertThat(Await.next(heard)).isEqualTo("third");
        assertThat(Await.next(heard)).isEqualTo("next turn");
      }
    }
  }

  @Test
  void who_has_asked_for_something_at_a_beat_and_gets_no_answer_is_given_up_all_the_same() {
    try (ScriptedServer server = new ScriptedServer(ScriptedServer::greet)) {
      Owner owner = new Owner("asking", false);
      open(server, owner);

      assertThat(Await.value(owner.closed.future())).hasMessageContaining("has not answered for");
    }
  }

  private void open(ScriptedServer server, ConnectionOwner owner) {
    Promise<GearmanConnection> opened = Promise.promise();
    context.runOnContext(turn -> {
      Future<GearmanConnection> connection =
          connector.open(new HostPort("127.0.0.1", server.port()), owner);
      connection.onComplete(opened);
    });
    Await.value(opened.future());
  }

  /** Says that it has asked for something by itself. */
  private final class Owner extends IdleOwner {

    private final String name;
    private final boolean marksTurn;

    Owner(String name, boolean marksTurn) {
      this.name = name;
      this.marksTurn = marksTurn;
    }

    @Override
    public boolean heartbeat() {
      heard.add(name);
      if (marksTurn) {
        context.runOnContext(next -> heard.add("next turn"));
      }
      return name.equals("asking");
    }
  }
}
