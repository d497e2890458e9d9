/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.beanstalk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwire.InvalidOptionException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BeanstalkOptionsTest {

  @Test
  void without_anything_it_is_the_server_of_this_machine() {
    BeanstalkOptions options = BeanstalkOptions.builder().build();
    assertThat(options).hasToString("beanstalk://localhost:11300");
    assertThat(options.isTls()).isFalse();
    assertThat(options.connectTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(options.requestTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(options.maxPipelined()).isEqualTo(65_536);
    assertThat(options.maxPayload()).isEqualTo(64 << 20);
    assertThat(options.waitingConnections()).isZero();
    assertThat(options.retryPolicy().pause()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void a_uri_says_all() {
    String uri =
        "beanstalks://h1:11301,h2:11300?retry=1s&requestTimeout=5s&maxPipelined=7&waitingConnections=2";
    BeanstalkOptions options = BeanstalkOptions.of("beanstalks://h1:11301,h2?waitingConnections=2"
        + "&requestTimeout=5s&maxPipelined=7&retry=1s");
    assertThat(options).hasToString(uri);
    assertThat(options.toBuilder().build()).hasToString(uri);
    assertThat(options.isTls()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "gearman://h, beanstalk://",
    "beanstalk://user@h, beanstalkd",
    "beanstalk://h/path, path",
    "beanstalk://h?reply=1s, Known",
    "beanstalk://h?request-timeout=1s, requestTimeout",
    "beanstalk://h?requestTimeout=never, requestTimeout",
    "beanstalk://h?waitingConnections=1000, waitingConnections",
    "beanstalk://h?ca=/x.pem, beanstalks://"
  })
  void what_is_wrong_with_a_uri_is_said(String uri, String word) {
    assertThatThrownBy(() -> BeanstalkOptions.of(uri))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining(word);
  }

  @Test
  void values_out_of_range_are_refused_when_they_are_set() {
    assertThatThrownBy(() -> BeanstalkOptions.builder().maxPipelined(0))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("BeanstalkOptions");
    assertThatThrownBy(() -> BeanstalkOptions.builder().server("h", 0))
        .isInstanceOf(InvalidOptionException.class);
    assertThatThrownBy(() -> PutOptions.DEFAULT.withPriority(-1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PutOptions.DEFAULT.withDelay(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PutOptions.DEFAULT.withTimeToRun(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PutOptions.DEFAULT.withDelay(Duration.ofDays(100_000)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("4294967295");
  }
}
