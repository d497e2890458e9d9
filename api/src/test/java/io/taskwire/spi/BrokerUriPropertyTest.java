/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.InvalidOptionException;
import io.taskwire.spi.BrokerUri.HostPort;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

class BrokerUriPropertyTest {

  @Property
  void any_text_is_read_or_refused_with_an_option_error(@ForAll String text) {
    readOrRefuse(text);
  }

  @Property
  void any_text_of_the_characters_of_uris_is_read_or_refused_with_an_option_error(
      @ForAll("almostUris") String text) {
    readOrRefuse(text);
  }

  @Property
  void what_is_written_is_read_again(@ForAll("uris") BrokerUri uri) {
    assertThat(BrokerUri.parse(write(uri))).isEqualTo(uri);
  }

  @Property
  void what_is_shown_is_a_uri_without_password_and_query(@ForAll("uris") BrokerUri uri) {
    Secret password = uri.password() == null ? null : Secret.of("***");

    assertThat(BrokerUri.parse(uri.toString()))
        .isEqualTo(
            new BrokerUri(uri.scheme(), uri.user(), password, uri.hosts(), uri.path(), Map.of()));
  }

  @Property
  void a_password_is_never_shown_whatever_it_is_made_of(@ForAll("passwords") String password) {
    String uri = "amqp://user:" + password + "@host:5672/vhost?retry=1s";
    String shown;
    try {
      shown = BrokerUri.parse(uri).toString();
    } catch (InvalidOptionException e) {
      shown = e.toString();
    }
    assertThat(shown).doesNotContain("ZQX");
  }

  private static void readOrRefuse(String text) {
    try {
      assertThat(BrokerUri.parse(text).scheme()).isNotEmpty();
    } catch (InvalidOptionException e) {
      assertThat(e).hasMessageStartingWith("The broker's URI can't be read: ");
    }
  }

  @Provide
  Arbitrary<String> almostUris() {
    Arbitrary<String> pieces = Arbitraries.of(
        "gearman", "memory", ":", "//", "/", "@", "?", "&", "=", "%", "%41", "%C3", "%BC", "[", "]",
        "::1", ",", "host", "4730", "70000", "a", "#", " ", "ü");
    return pieces.list().ofMaxSize(14).map(list -> String.join("", list));
  }

  @Provide
  Arbitrary<String> passwords() {
    Arbitrary<String> pieces =
        Arbitraries.of("ZQX", "@", "/", "?", "#", "%", ":", "[", "]", ",", "&", "=", "1", " ");
    return pieces
        .list()
        .ofMinSize(1)
        .ofMaxSize(6)
        .map(list -> String.join("", list))
        .filter(text -> text.contains("ZQX"));
  }

  @Provide
  Arbitrary<BrokerUri> uris() {
    Arbitrary<String> texts = Arbitraries.strings()
        .withChars("abzAZ09-._~!$&'()*+,;=:@/?#[]% %25\n\u0000")
        .withChars('ü', '€')
        .ofMaxLength(12);
    Arbitrary<String> schemes = Arbitraries.of("gearman", "beanstalks", "x-y.z+1");
    Arbitrary<String> names = Arbitraries.of(
        "h", "host_1.example.org", "10.0.0.1", "::1", "fe80::1%eth0", "fe80::1%25", "1::1.2.3.4");
    Arbitrary<List<HostPort>> hosts = Combinators.combine(
            names, Arbitraries.integers().between(0, 65_535))
        .as(HostPort::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
    Arbitrary<String> users = texts.filter(text -> !text.isEmpty()).injectNull(0.3);
    Arbitrary<Secret> passwords = texts.map(Secret::of).injectNull(0.3);
    Arbitrary<Map<String, String>> queries = Arbitraries.maps(
            Arbitraries.of("retry", "beanstalk.ttr", "a-b_c", "x"), texts)
        .ofMaxSize(3);
    return Combinators.combine(schemes, users, passwords, hosts, texts, queries)
        .as((scheme, user, password, list, path, query) ->
            new BrokerUri(scheme, user, user == null ? null : password, list, path, query));
  }

  private static String write(BrokerUri uri) {
    return uri.scheme()
        + "://"
        + credentials(uri.user(), uri.password())
        + uri.hosts().stream().map(HostPort::toString).collect(Collectors.joining(","))
        + "/"
        + PercentCoding.encode(uri.path(), "")
        + "?"
        + uri.query().entrySet().stream()
            .map(e -> e.getKey() + "=" + PercentCoding.encode(e.getValue(), ""))
            .collect(Collectors.joining("&"));
  }

  private static String credentials(@Nullable String user, @Nullable Secret password) {
    if (user == null) {
      return "";
    }
    String secret = password == null ? "" : ":" + PercentCoding.encode(password.reveal(), "");
    return PercentCoding.encode(user, "") + secret + "@";
  }
}
