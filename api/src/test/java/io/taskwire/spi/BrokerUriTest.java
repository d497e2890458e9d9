/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwire.InvalidOptionException;
import io.taskwire.spi.BrokerUri.HostPort;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerUriTest {

  @Nested
  class Reads {

    @Test
    void a_scheme_alone() {
      assertThat(BrokerUri.parse("memory:"))
          .isEqualTo(new BrokerUri("memory", null, null, List.of(), "", Map.of()));
    }

    @Test
    void a_path_behind_the_scheme() {
      assertThat(BrokerUri.parse("memory:orders?concurrency=4"))
          .isEqualTo(
              new BrokerUri("memory", null, null, List.of(), "orders", Map.of("concurrency", "4")));
    }

    @Test
    void several_hosts_with_and_without_port() {
      BrokerUri uri = BrokerUri.parse("gearman://h1:4730,h2,10.0.0.1:65535?retry=10s");

      assertThat(uri.hosts())
          .containsExactly(
              new HostPort("h1", 4730), new HostPort("h2", 0), new HostPort("10.0.0.1", 65_535));
      assertThat(uri.query()).containsExactly(Map.entry("retry", "10s"));
    }

    @Test
    void ipv6_hosts_in_brackets() {
      assertThat(BrokerUri.parse("gearman://[::1]:4730,[fe80::1%25eth0],[::ffff:10.0.0.1]")
              .hosts())
          .containsExactly(
              new HostPort("::1", 4730),
              new HostPort("fe80::1%eth0", 0),
              new HostPort("::ffff:10.0.0.1", 0));
    }

    @Test
    void user_password_and_virtual_host() {
      BrokerUri uri = BrokerUri.parse("amqp://us%40er:p%3Aw%2F%3F%23@host/%2Fv%20h");

      assertThat(uri.user()).isEqualTo("us@er");
      assertThat(uri.password()).isEqualTo(Secret.of("p:w/?#"));
      assertThat(uri.path()).isEqualTo("/v h");
    }

    @Test
    void a_password_with_colons() {
      assertThat(BrokerUri.parse("amqp://user:a:b:@host").password()).isEqualTo(Secret.of("a:b:"));
    }

    @Test
    void a_user_without_password() {
      BrokerUri uri = BrokerUri.parse("amqp://user@host");

      assertThat(uri.user()).isEqualTo("user");
      assertThat(uri.password()).isNull();
    }

    @Test
    void the_query_decoded_and_in_its_order() {
      assertThat(BrokerUri.parse("memory:?z=a%3Db%26c&a=1+1&m=x=y&e=").query())
          .containsExactly(
              Map.entry("z", "a=b&c"),
              Map.entry("a", "1+1"),
              Map.entry("m", "x=y"),
              Map.entry("e", ""));
    }

    @Test
    void letters_beyond_ascii() {
      assertThat(BrokerUri.parse("memory:gr%C3%BC%C3%9Fe").path()).isEqualTo("grüße");
      assertThat(BrokerUri.parse("memory:grüße").path()).isEqualTo("grüße");
    }

    @Test
    void the_scheme_in_lower_case_and_blanks_around() {
      assertThat(BrokerUri.parse(" GearMan://host\n").scheme()).isEqualTo("gearman");
    }

    @Test
    void a_slash_or_question_mark_with_nothing_behind() {
      assertThat(BrokerUri.parse("amqp://host/?"))
          .isEqualTo(
              new BrokerUri("amqp", null, null, List.of(new HostPort("host", 0)), "", Map.of()));
    }
  }

  @Nested
  class Refuses {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "gearman://                   | host number 1 is missing",
          "gearman:///path              | host number 1 is missing",
          "gearman://?retry=1s          | host number 1 is missing",
          "gearman://:4730              | host number 1 is missing",
          "gearman://user:pw@           | host number 1 is missing",
          "gearman://h1,,h3             | host number 2 is missing",
          "gearman://h1,h2,             | host number 3 is missing",
          "gearman://h1:47x0            | host number 1 has a port that is not a number from 1 to",
          "gearman://h1,h2:             | host number 2 has a port that is not a number from 1 to",
          "gearman://h1:0               | host number 1 has a port that is not a number from 1 to",
          "gearman://h1:65536           | host number 1 has a port that is not a number from 1 to",
          "gearman://[::1]4730          | host number 1 has a port that is not a number from 1 to",
          "gearman://[::1:4730          | host number 1 has a bracket that is never closed",
          "gearman://[localhost]        | host number 1 has no IPv6 address in its brackets",
          "gearman://[]                 | host number 1 has no IPv6 address in its brackets",
          "gearman://::1                | host number 1 is missing",
          "gearman://fe80::1            | an IPv6 address is written in brackets",
          "gearman://h!st               | host number 1 is not a host name",
          "gearman://-host              | host number 1 is not a host name",
          "gearman://@host              | there is no user before the @",
          "localhost                    | must begin with a scheme",
          "://localhost                 | must begin with a scheme",
          "4gearman://localhost         | must begin with a scheme",
          "gear man://localhost         | blank or control character",
          "memory:?retry                | written key=value",
          "memory:?=1                   | written key=value",
          "memory:?a=1&&b=2             | written key=value",
          "memory:?a=1&                 | written key=value",
          "memory:?a=1&b=2&a=3          | the option a is given twice",
          "memory:?a%20b=1              | letters, digits and dots only",
          "memory:?a=%                  | percent sign without two hex digits",
          "memory:?a=%4                 | percent sign without two hex digits",
          "memory:or%ZZders             | percent sign without two hex digits",
          "memory:or%C3%28ders          | not UTF-8",
          "memory:orders#1              | # in it is written %23",
        })
    void with_the_reason(String uri, String reason) {
      assertThatThrownBy(() -> BrokerUri.parse(uri))
          .isInstanceOfSatisfying(
              InvalidOptionException.class, e -> assertThat(e.key()).isEqualTo("url"))
          .hasMessageStartingWith("The broker's URI can't be read: ")
          .hasMessageContaining(reason);
    }

    @Test
    void an_empty_text() {
      assertThatThrownBy(() -> BrokerUri.parse(""))
          .isInstanceOf(InvalidOptionException.class)
          .hasMessageContaining("scheme");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "amqp://user:S3CR@T@host",
          "amqp://user:@S3CRT@host",
          "amqp://user:S3/CRT@host",
          "amqp://user:S3?CRT@host",
          "amqp://user:1?S3CRT@host",
          "amqp://user:1/S3CRT@host",
          "amqp://user:1?S3CRT=x@host",
          "amqp://user:S3#CRT@host",
          "amqp://user:S3%CRT@host",
          "amqp://user:S3%C3%28CRT@host",
          "amqp://user:S3 CRT@host",
          "amqp://user:S3CRT@",
          "amqp://user:S3CRT",
          "amqp://user:S3CRT/vhost",
          "amqp://user:S3CRT?retry=1s",
          "amqp://:S3CRT",
          "amqp://S3CRT!",
          "amqp://[S3CRT",
          "amqp://[S3CRT]",
          "amqp://user:S3CRT@host:port",
          "amqp://user:S3CRT@host1,,host2",
          "amqp://user:S3CRT@host?retry",
          "amqp://user:S3CRT@host?retry=%",
          "amqp:/user:S3CRT@host",
          "amqp:user:S3CRT@host",
          "user:S3CRT@host",
          "//user:S3CRT@host",
          "S3CRT@host",
          "memory:?authToken=S3CRT&authToken=S3CRT",
          "memory:?authToken=S3CRT%",
          "memory:?S3CRT!",
        })
    void without_quoting_what_may_be_a_password(String uri) {
      assertThatThrownBy(() -> BrokerUri.parse(uri))
          .isInstanceOf(InvalidOptionException.class)
          .hasNoCause()
          .satisfies(e -> assertThat(e.toString()).doesNotContain("S3").doesNotContain("CRT"));
    }
  }

  @Test
  void shows_neither_password_nor_query() {
    assertThat(BrokerUri.parse("amqp://user:S3CRT@h1:1,[::1]/a%2Fb?authToken=S3CRT"))
        .hasToString("amqp://user:***@h1:1,[::1]/a/b");
    assertThat(BrokerUri.parse("memory:a%0Ab?x=y")).hasToString("memory:a%0Ab");
    assertThat(BrokerUri.parse("amqp://u%0As@h")).hasToString("amqp://u%0As@h");
  }

  @Test
  void gives_hosts_the_default_port_where_none_was_written() {
    assertThat(BrokerUri.parse("gearman://h1,h2:1").requireHosts(4730))
        .containsExactly(new HostPort("h1", 4730), new HostPort("h2", 1));
  }

  @Test
  void refuses_a_missing_host_where_one_is_needed() {
    assertThatThrownBy(() -> BrokerUri.parse("gearman:localhost").requireHosts(4730))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessage("The broker's URI has no host: write gearman://host or gearman://host:4730");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "::",
        "::1",
        "1::",
        "1:2:3:4:5:6:7:8",
        "1:2:3:4:5:6:1.2.3.4",
        "1::3:4:5:6:7:8",
        "::1.2.3.4",
        "fe80::a%eth0",
        "fe80::a%25en.1"
      })
  void takes_ipv6_addresses(String address) {
    assertThat(Ipv6.isAddress(address)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        ":::",
        "1",
        "1:2",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1::2::3",
        "12345::",
        "g::",
        "1.2.3.4",
        "1.2.3.4::",
        "::1.2.3",
        "::1.2.3.256",
        "1:2:3:4:5:6:7:1.2.3.4",
        "1::2:3:4:5:6:7:8",
        ":1::2",
        "1::2:",
        "fe80::a%",
        "fe80::a%e/0"
      })
  void takes_nothing_else_for_an_ipv6_address(String text) {
    assertThat(Ipv6.isAddress(text)).isFalse();
  }
}
