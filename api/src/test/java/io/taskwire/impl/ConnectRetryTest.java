/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.Backoff;
import io.taskwire.spi.BrokerConnectException;
import io.taskwire.spi.CoreOptions;
import io.taskwire.spi.Option;
import io.taskwire.spi.RetryPolicy;
import io.taskwire.spi.Settings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ConnectRetryTest {

  private final BrokerConnectException refused = new BrokerConnectException("refused", true, null);
  private final BrokerConnectException badPassword =
      new BrokerConnectException("bad password", false, null);

  private final Map<Option<?>, Object> values = new HashMap<>();

  private final Settings settings = new Settings() {
    @Override
    @SuppressWarnings("unchecked") // each value is put beside the option of its type
    public <T> T get(Option<T> option) {
      return (T) values.getOrDefault(option, option.defaultValue());
    }

    @Override
    public boolean isSet(Option<?> option) {
      return values.containsKey(option);
    }
  };

  @Test
  void waits_five_seconds_each_time_for_ever_by_default() {
    ConnectRetry retry = ConnectRetry.asConfigured(RetryPolicy.of(settings));

    for (int i = 0; i < 1_000; i++) {
      assertThat(retry.failed(refused)).hasValue(5_000);
    }
    assertThat(retry.failures()).isEqualTo(1_000);
  }

  @Test
  void gives_up_at_the_first_failure_if_off() {
    values.put(CoreOptions.RETRY, Duration.ZERO);

    assertThat(ConnectRetry.asConfigured(RetryPolicy.of(settings)).failed(refused))
        .isEmpty();
  }

  @Test
  void gives_up_at_once_where_trying_again_cannot_help() {
    assertThat(ConnectRetry.asConfigured(RetryPolicy.of(settings)).failed(badPassword))
        .isEmpty();
    assertThat(ConnectRetry.afterLoss(RetryPolicy.of(settings)).failed(badPassword))
        .isEmpty();
  }

  @Test
  void makes_as_many_attempts_as_configured() {
    values.put(CoreOptions.RETRY_ATTEMPTS, 3);
    ConnectRetry retry = ConnectRetry.asConfigured(RetryPolicy.of(settings));

    assertThat(retry.failed(refused)).isPresent();
    assertThat(retry.failed(refused)).isPresent();
    assertThat(retry.failed(refused)).isEmpty();
  }

  @Test
  void grows_with_randomness_up_to_the_longest_wait() {
    values.put(CoreOptions.RETRY, Duration.ofMillis(100));
    values.put(CoreOptions.RETRY_BACKOFF, Backoff.EXPONENTIAL);
    values.put(CoreOptions.RETRY_MAX, Duration.ofSeconds(2));
    ConnectRetry retry = ConnectRetry.asConfigured(RetryPolicy.of(settings));

    assertThat(wait(retry)).isBetween(75L, 125L);
    assertThat(wait(retry)).isBetween(150L, 250L);
    assertThat(wait(retry)).isBetween(300L, 500L);
    for (int i = 0; i < 2_000; i++) {
      assertThat(wait(retry)).isBetween(1L, 2_500L);
    }
    assertThat(wait(retry)).isBetween(1_500L, 2_500L);
  }

  @Test
  void grows_from_a_tenth_of_a_second_after_a_loss() {
    ConnectRetry retry = ConnectRetry.afterLoss(RetryPolicy.of(settings));

    assertThat(wait(retry)).isBetween(75L, 125L);
    for (int i = 0; i < 100; i++) {
      assertThat(wait(retry)).isBetween(1L, 6_250L);
    }
  }

  private long wait(ConnectRetry retry) {
    OptionalLong wait = retry.failed(refused);
    assertThat(wait).isPresent();
    return wait.getAsLong();
  }
}
