/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.transport;

import io.taskwire.beanstalk.codec.Tube;
import io.taskwire.spi.Envelope;
import io.taskwire.spi.Headers;
import io.taskwire.spi.SharedByHosts;
import io.taskwire.spi.TransportContext;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The transports of one queue, one for each of its hosts. A caller watches its reply tube on all of them, so that a reply
 * that one host refuses can go by another.
 */
final class ReplyHosts {

  private final List<BeanstalkTransport> all = new ArrayList<>(1);

  static ReplyHosts of(TransportContext context) {
    SharedByHosts shared = context.shared();
    return shared == null ? new ReplyHosts() : shared.get(ReplyHosts.class, ReplyHosts::new);
  }

  void add(BeanstalkTransport host) {
    all.add(host);
  }

  /** The reply tube is read at one host, and so from now on at all of them. */
  void watch() {
    all.forEach(BeanstalkTransport::watchToo);
  }

  /** The results that a reply belongs to: those of the host it came by, unless its task was submitted at another. */
  CallerResults resultsOf(Envelope reply, CallerResults here) {
    String id = reply.headers().get(Headers.ID);
    if (id != null && all.size() > 1 && !here.awaits(id)) {
      for (BeanstalkTransport host : all) {
        if (host.results().awaits(id)) {
          return host.results();
        }
      }
    }
    return here;
  }

  /**
   * Puts a reply at any other host where its caller watches.
   *
   * @return whether one has taken it; does not fail
   */
  Future<Boolean> putElsewhere(
      BeanstalkTransport refused, Tube tube, long ttrSeconds, Buffer reply) {
    List<BeanstalkTransport> others = new ArrayList<>(all);
    others.remove(refused);
    return putAtOneOf(others.iterator(), tube, ttrSeconds, reply);
  }

  private Future<Boolean> putAtOneOf(
      Iterator<BeanstalkTransport> hosts, Tube tube, long ttrSeconds, Buffer reply) {
    while (hosts.hasNext()) {
      BeanstalkSession session = hosts.next().session();
      if (session != null) {
        return session
            .putIfWatched(tube, ttrSeconds, reply)
            .transform((taken, cause) -> cause == null && taken
                ? Future.succeededFuture(true)
                : putAtOneOf(hosts, tube, ttrSeconds, reply));
      }
    }
    return Future.succeededFuture(false);
  }
}
