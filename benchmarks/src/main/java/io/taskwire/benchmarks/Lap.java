/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import java.time.Duration;

/** What one side does for one figure, once a round. */
interface Lap {

  /** Measures for about this long and adds the figure to its row. */
  void run(Duration length);
}
