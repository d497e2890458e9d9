/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.TaskQueue;
import io.taskwire.TaskType;
import io.taskwire.tck.broker.BeanstalkdBroker;
import io.taskwire.tck.peer.ForeignProgram;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** A beanstalkd with us on one side, and clients in other languages on the other. */
@Timeout(120)
abstract class Interop {

  static final Duration LIMIT = Duration.ofSeconds(30);
  static final String TUBE = "tube";
  static final TaskType<Buffer, Buffer> TASK = TaskType.raw(TUBE);

  final BeanstalkdBroker broker = BeanstalkdBroker.create();
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  @BeforeEach
  void start() {
    broker.start();
  }

  @AfterEach
  void close_all() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
    broker.close();
  }

  /** Bodies that say what they must not: line ends, commands, nothing, and the most that beanstalkd takes. */
  static List<byte[]> bodies() {
    byte[] all = new byte[1024];
    byte[] most = new byte[BeanstalkdBroker.DEFAULT_MAX_JOB_SIZE];
    for (int i = 0; i < most.length; i++) {
      most[i] = (byte) i;
    }
    System.arraycopy(most, 0, all, 0, all.length);
    return List.of(all, new byte[0], "\r\ndelete 1\r\n".getBytes(UTF_8), most);
  }

  final TaskQueue queue() {
    return open(TaskQueue.open(broker.url()));
  }

  /** Has a foreign producer put a job, with {@code PRIORITY DELAY TTR}; its id. */
  final String put(Peer peer, String tube, String numbers, byte[] body)
      throws InterruptedException {
    List<String> said =
        open(peer.client(broker.port(), tube, "put " + numbers)).stdin(body).output();
    assertThat(said).singleElement().asString().startsWith("inserted ");
    return said.get(0).substring("inserted ".length());
  }

  final String ask(Peer peer, String command) throws InterruptedException {
    List<String> said = open(peer.client(broker.port(), TUBE, command)).output();
    assertThat(said).hasSize(1);
    return said.get(0);
  }

  final ForeignProgram worker(Peer peer, int jobs, String end) {
    return open(peer.worker(broker.port(), TUBE, jobs, end));
  }

  final <T extends AutoCloseable> T open(T opened) {
    open.push(opened);
    return opened;
  }

  static <T> T take(LinkedBlockingQueue<T> queue) throws InterruptedException {
    T next = queue.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
    assertThat(next).as("something came within %s", LIMIT).isNotNull();
    return next;
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
