/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import io.taskwire.tck.bed.Await;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Remembers what became of publishes, as texts; a test thread takes them. */
final class Published implements PublishListener {

  final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  final BlockingQueue<Throwable> causes = new LinkedBlockingQueue<>();

  @Override
  public void confirmed() {
    events.add("confirmed");
  }

  @Override
  public void returned(int code, String text) {
    events.add("returned " + code + " " + text);
  }

  @Override
  public void refused() {
    events.add("refused");
  }

  @Override
  public void lost(Throwable cause, boolean sent) {
    causes.add(cause);
    events.add(sent ? "lost, sent" : "lost, not sent");
  }

  String next() {
    return Await.next(events);
  }
}
