/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.serializers;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads one value of a plain type. */
@FunctionalInterface
interface PlainType {

  /**
   * Reads the value that comes next.
   *
   * @throws io.taskwire.SerializationException if it is not of this type
   */
  @Nullable
  Object read(PlainReader in) throws IOException;
}
