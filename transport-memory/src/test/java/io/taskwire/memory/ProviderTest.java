/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwire.Feature;
import io.taskwire.InvalidOptionException;
import io.taskwire.Support;
import io.taskwire.spi.BrokerUri;
import io.taskwire.spi.Option;
import io.taskwire.spi.Settings;
import io.taskwire.spi.TransportContext;
import io.taskwire.spi.TransportProvider;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class ProviderTest extends MemoryTestBase {

  @Test
  void transport_is_found_by_the_service_loader() {
    // the tests run in the transport's module, which provides the service and does not use it
    ProviderTest.class.getModule().addUses(TransportProvider.class);
    assertThat(ServiceLoader.load(TransportProvider.class))
        .filteredOn(provider -> provider.schemes().contains("memory"))
        .singleElement()
        .isInstanceOf(MemoryTransportProvider.class);
  }

  @Test
  void transport_is_found_on_the_class_path_too() throws IOException {
    String file = "META-INF/services/io.taskwire.spi.TransportProvider";
    try (InputStream in = MemoryTransportProvider.class.getResourceAsStream("/" + file)) {
      assertThat(in).isNotNull();
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8).trim())
          .isEqualTo(MemoryTransportProvider.class.getName());
    }
  }

  @Test
  void session_can_do_what_the_provider_promises() {
    MemoryTransportProvider provider = new MemoryTransportProvider();

    assertThat(open().session.capabilities()).isEqualTo(provider.capabilities());
    assertThat(provider.capabilities().asMap().entrySet())
        .filteredOn(entry -> entry.getValue() == Support.NONE)
        .extracting(Map.Entry::getKey)
        .containsExactlyInAnyOrder(
            Feature.DURABLE_RESULTS,
            Feature.LEASE_RENEWAL,
            Feature.PERSISTENCE,
            Feature.TLS,
            Feature.SEVERAL_HOSTS);
  }

  @Test
  void address_with_a_host_is_refused_with_what_to_write_instead() {
    BrokerUri uri = BrokerUri.parse("memory://orders");

    assertThatThrownBy(() -> new MemoryTransportProvider().create(context(uri)))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("memory:name");
  }

  @Test
  void options_accept_their_defaults_only_within_their_ranges() {
    for (Option<?> option : new MemoryTransportProvider().options()) {
      assertThat(option.parse(String.valueOf(option.defaultValue())))
          .isEqualTo(option.defaultValue());
      assertThatThrownBy(() -> option.parse("-1")).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void closed_session_answers_no_ping() {
    QueueSide queue = open();
    queue.await(queue.session::ping);
    queue.await(queue.session::close);

    assertThatThrownBy(() -> queue.await(queue.session::ping)).hasMessageContaining("closed");
  }

  private static TransportContext context(BrokerUri uri) {
    return new TransportContext() {
      @Override
      public Vertx vertx() {
        throw new AssertionError("not needed");
      }

      @Override
      public Context context() {
        throw new AssertionError("not needed");
      }

      @Override
      public BrokerUri uri() {
        return uri;
      }

      @Override
      public Settings settings() {
        throw new AssertionError("not needed");
      }

      @Override
      public String instanceId() {
        return "0";
      }
    };
  }
}
