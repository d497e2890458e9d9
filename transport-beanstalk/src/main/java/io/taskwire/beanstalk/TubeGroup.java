/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk;

import io.taskwire.beanstalk.codec.Tube;
import java.util.List;

/**
 * Tubes that a consumer watches together: of all their jobs the server gives out the most urgent, of equal priority the oldest.
 *
 * @param tubes one or more
 * @param weight how many slots in a row the group is offered before the next one has its turn, 1 or more
 */
public record TubeGroup(List<Tube> tubes, int weight) {

  /**
   * Checks the values.
   *
   * @param tubes one or more
   * @param weight 1 or more
   * @throws IllegalArgumentException if there is no tube, or the weight is less than 1
   */
  public TubeGroup {
    tubes = List.copyOf(tubes);
    if (tubes.isEmpty()) {
      throw new IllegalArgumentException("a group has at least one tube");
    }
    if (weight < 1) {
      throw new IllegalArgumentException("a weight is 1 or more, not " + weight);
    }
  }
}
