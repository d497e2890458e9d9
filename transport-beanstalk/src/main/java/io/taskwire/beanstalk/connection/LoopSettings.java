/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk.connection;

import io.taskwire.beanstalk.codec.Tube;
import java.util.List;

/**
 * What a {@link ReserveLoop} takes.
 *
 * @param tubes the tubes to watch, at least one; the broker gives out the most urgent job of all of them
 * @param weight how many slots in a row are offered to this loop where several share them
 * @param keepLeases whether jobs are touched as long as they are held; if not, one that is held for longer than its time to
 *     run is lost
 */
public record LoopSettings(List<Tube> tubes, int weight, boolean keepLeases) {

  /** Copies the list. */
  public LoopSettings {
    tubes = List.copyOf(tubes);
    if (tubes.isEmpty() || weight < 1) {
      throw new IllegalArgumentException("a loop has a tube at least, and a weight of 1 or more");
    }
  }

  /** One tube, with leases kept. */
  public static LoopSettings of(Tube tube) {
    return new LoopSettings(List.of(tube), 1, true);
  }
}
