/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.serializers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.taskwire.Serializer;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class SerializersTest {

  record Item(int number, String text, List<Item> children) {}

  private static final MsgpackSerializer MSGPACK = new MsgpackSerializer();

  /** Uses the serializer while it is being serialized. */
  record Nesting(Item item) {
    @JsonProperty
    @Nullable
    Object inner() {
      return MSGPACK.decode(MSGPACK.encode(item, Item.class), Object.class);
    }
  }

  static final List<Serializer> SERIALIZERS =
      List.of(new MsgpackSerializer(), new JsonSerializer());

  @Test
  void all_are_found_by_the_service_loader_with_their_names() {
    assertThat(ServiceLoader.load(Serializer.class))
        .extracting(Serializer::name)
        .containsExactlyInAnyOrder("msgpack", "json", "raw");
  }

  @ParameterizedTest
  @FieldSource("SERIALIZERS")
  void many_threads_share_one_from_its_first_use(Serializer shared) throws Exception {
    int threads = 8;
    CyclicBarrier start = new CyclicBarrier(threads);
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        int seed = thread;
        Callable<?> work = () -> {
          start.await(10, TimeUnit.SECONDS);
          for (int i = 0; i < 2_000; i++) {
            assertComesBack(shared, seed * 10_000 + i);
          }
          return null;
        };
        running.add(executor.submit(work));
      }
      for (Future<?> future : running) {
        future.get(60, TimeUnit.SECONDS);
      }
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void a_value_may_be_encoded_and_decoded_while_another_is() {
    Item item = new Item(1, "a", List.of());

    Object expected = Map.of("number", 1L, "text", "a", "children", List.of());
    assertThat(MSGPACK.decode(MSGPACK.encode(new Nesting(item), Object.class), Object.class))
        .isEqualTo(Map.of("item", expected, "inner", expected));
  }

  @Test
  void the_cache_of_types_is_bounded() {
    TypeCache<String> cache = new TypeCache<>(Type::getTypeName);
    for (int i = 0; i < 10_000; i++) {
      String name = "T" + i;
      assertThat(cache.get(new Type() {
            @Override
            public String getTypeName() {
              return name;
            }
          }))
          .isEqualTo(name);
      assertThat(cache.size()).isLessThanOrEqualTo(1_000);
    }
  }

  private static void assertComesBack(Serializer serializer, int number) {
    Item item = new Item(number, "text " + number, List.of(new Item(-number, "ü", List.of())));
    assertThat(serializer.decode(serializer.encode(item, Item.class), Item.class))
        .isEqualTo(item);

    Map<String, Object> plain = Map.of("n", (long) number, "list", List.of("a", (long) number));
    assertThat(serializer.decode(serializer.encode(plain, Object.class), Object.class))
        .isEqualTo(plain);
  }
}
