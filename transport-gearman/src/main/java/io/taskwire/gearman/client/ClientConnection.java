/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.client;

import io.taskwire.gearman.codec.ErrorResponse;
import io.taskwire.gearman.codec.Response;
import io.taskwire.gearman.connection.ConnectionOwner;
import io.taskwire.gearman.connection.GearmanConnection;
import io.taskwire.gearman.connection.ServerLink;
import io.taskwire.spi.BrokerConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hears what comes on a client's connection without being asked for. */
final class ClientConnection implements ConnectionOwner {

  private static final Logger LOG = LoggerFactory.getLogger(ClientConnection.class);

  private final ServerLink link;
  private final Submissions submissions;

  ClientConnection(ServerLink link, Submissions submissions) {
    this.link = link;
    this.submissions = submissions;
  }

  private void refuse(String what) {
    GearmanConnection connection = link.connection();
    if (connection != null) {
      connection.close(new BrokerConnectException(link.name() + " " + what, true, null));
    }
  }

  @Override
  public void worker(Response packet) {
    refuse("sends " + packet.type() + " to a connection that takes no jobs");
  }

  @Override
  public void oversizedJob(Response job, long payloadLength) {
    worker(job);
  }

  @Override
  public void unaskedError(ErrorResponse error) {
    refuse("refuses what was not asked: " + error.code() + " " + error.text());
  }

  @Override
  public void lateResult(String handle) {
    LOG.debug("The end of job {} came when nobody waited for it any more", handle);
  }

  @Override
  public void writable() {
    submissions.dispatch();
  }

  @Override
  public void closed(Throwable cause) {
    link.lost(cause);
  }
}
