/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.examples;

import io.taskwire.SerializationException;
import io.taskwire.Serializer;
import io.taskwire.gearman.GearmanClient;
import io.taskwire.gearman.GearmanOptions;
import io.taskwire.gearman.GearmanServer;
import io.taskwire.gearman.GearmanWorker;
import io.taskwire.gearman.JobRequest;
import io.vertx.core.buffer.Buffer;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** Objects as payloads, in a form of one's own. */
public final class GearmanCustomCodec {

  record Point(int x, int y) {}

  // region codec
  /** Writes a point as {@code x,y}. */
  static final class Points implements Serializer {

    @Override
    public String name() {
      return "points";
    }

    @Override
    public Buffer encode(@Nullable Object value, Type type) {
      if (value instanceof Point point) {
        return Buffer.buffer(point.x() + "," + point.y());
      }
      throw new SerializationException("not a point: " + value, null);
    }

    @Override
    public Object decode(Buffer payload, Type type) {
      String[] parts = payload.toString().split(",", -1);
      try {
        return new Point(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
      } catch (RuntimeException e) {
        throw new SerializationException("not a point: " + payload, e);
      }
    }
  }

  // endregion

  public static void main(String[] args) {
    try (GearmanServer server = GearmanServer.start()) {
      GearmanOptions options =
          GearmanOptions.builder().uri(server.uri()).serializer(new Points()).build();
      try (GearmanWorker worker = GearmanWorker.open(options);
          GearmanClient client = GearmanClient.open(options)) {
        worker
            .register("mirror", job -> {
              Point point = job.value(Point.class);
              return new Point(point.y(), point.x());
            })
            .await();

        JobRequest request = JobRequest.ofValue("mirror", new Point(3, 4), Point.class);
        System.out.println(client.submit(request).result(Point.class).await());
      }
    }
  }
}
