/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl.config;

import io.taskwire.Capabilities;
import io.taskwire.spi.Option;
import io.taskwire.spi.Transport;
import io.taskwire.spi.TransportContext;
import io.taskwire.spi.TransportProvider;
import java.util.List;
import java.util.Set;

/** A transport as an application's class loader has it. */
public final class RegisteredProvider implements TransportProvider {

  @Override
  public String name() {
    return "registered";
  }

  @Override
  public Set<String> schemes() {
    return Set.of("registered");
  }

  @Override
  public List<Option<?>> options() {
    return List.of();
  }

  @Override
  public Capabilities capabilities() {
    return Capabilities.none();
  }

  @Override
  public Transport create(TransportContext context) {
    throw new UnsupportedOperationException("configuration connects nothing");
  }
}
