/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl.config;

import java.util.List;
import java.util.stream.Stream;

/** Where the application's resources and services are looked for. */
final class ClassLoaders {

  private ClassLoaders() {}

  /** The thread's context class loader, if it has one, then the one of this library. */
  static List<ClassLoader> ofCaller() {
    return Stream.of(
            Thread.currentThread().getContextClassLoader(), ClassLoaders.class.getClassLoader())
        .filter(loader -> loader != null)
        .distinct()
        .toList();
  }
}
