/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwire.OnFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionTest {

  private static final Option<Duration> WAIT =
      Option.duration("wait", Duration.ofSeconds(1), Duration.ZERO, Duration.ofDays(30), "Waits.");
  private static final Option<Duration> LIMIT = Option.durationOrOff(
      "limit", Duration.ZERO, Duration.ofMillis(10), Duration.ofHours(1), "Limits.");
  private static final Option<Integer> COUNT = Option.integer("count", 5, 1, 10_000, "Counts.");
  private static final Option<Integer> SIZE =
      Option.size("size", 1 << 20, 1_024, Integer.MAX_VALUE, "Measures.");
  private static final Option<Boolean> FLAG = Option.flag("flag", false, "Flags.");
  private static final Option<OnFailure> CHOICE =
      Option.choice("choice", OnFailure.DROP, "Chooses.");
  private static final Option<Secret> SECRET = Option.secret("token", "Hides.");

  @ParameterizedTest
  @CsvSource({
    "500ms,  PT0.5S",
    "10s,    PT10S",
    "10 s,   PT10S",
    "10S,    PT10S",
    "5m,     PT5M",
    "5min,   PT5M",
    "1h,     PT1H",
    "2d,     PT48H",
    "PT10S,  PT10S",
    "pt1.5s, PT1.5S",
    "P1D,    PT24H",
    "0s,     PT0S",
  })
  void durations_are_read(String text, Duration value) {
    assertThat(WAIT.parse(text)).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "10,                   a duration needs a unit",
    "10 parsecs,           a duration needs a unit",
    "ten seconds,          not a duration",
    "'',                   not a duration",
    "-5s,                  not a duration",
    "1.5s,                 not a duration",
    "off,                  not a duration",
    "PT-5S,                out of range",
    "31d,                  out of range",
    "999999999999999d,     out of range",
    "9999999999999999s,    not a duration",
    "P99999999999999999D,  not a duration",
  })
  void other_durations_are_refused(String text, String reason) {
    refused(WAIT, text, reason);
  }

  @Test
  void off_is_no_duration_at_all() {
    assertThat(LIMIT.parse("off")).isZero();
    assertThat(LIMIT.parse(" OFF ")).isZero();
    assertThat(LIMIT.parse("10ms")).isEqualTo(Duration.ofMillis(10));
    refused(LIMIT, "9ms", "out of range");
    refused(LIMIT, "0s", "out of range");
    assertThat(LIMIT.values()).isEqualTo("10ms to 1h, or off");
    assertThat(LIMIT.defaultText()).isEqualTo("off");
    assertThat(LIMIT.check(Duration.ZERO)).isZero();
  }

  @Test
  void zero_is_no_off_where_there_is_no_off() {
    assertThat(WAIT.write(Duration.ZERO)).isEqualTo("0s");
    assertThat(WAIT.values()).isEqualTo("0s to 720h");
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "10000, 10000", "10_000, 10000", "+7, 7", "' 7 ', 7"})
  void whole_numbers_are_read(String text, int value) {
    assertThat(COUNT.parse(text)).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "0,           out of range",
    "-1,          out of range",
    "10001,       out of range",
    "99999999999, out of range",
    "1.0,         not a whole number",
    "1e3,         not a whole number",
    "0x10,        not a whole number",
    "ten,         not a whole number",
    "_1,          not a whole number",
    "1__0,        not a whole number",
    "'',          not a whole number",
  })
  void other_numbers_are_refused(String text, String reason) {
    refused(COUNT, text, reason);
    assertThat(COUNT.values()).isEqualTo("1 to 10,000");
  }

  @ParameterizedTest
  @CsvSource({
    "65536,      65536",
    "65_536,     65536",
    "2000b,      2000",
    "64KiB,      65536",
    "64k,        65536",
    "1MiB,       1048576",
    "1 mib,      1048576",
    "1GiB,       1073741824",
    "2147483647, 2147483647",
  })
  void sizes_are_read(String text, int bytes) {
    assertThat(SIZE.parse(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({
    "1023,               out of range",
    "2GiB,               out of range",
    "999999999999999GiB, out of range",
    "-1,                 not a size",
    "1.5MiB,             not a size",
    "64kB,               not a size",
    "big,                not a size",
    "'',                 not a size",
  })
  void other_sizes_are_refused(String text, String reason) {
    refused(SIZE, text, reason);
  }

  @Test
  void flags_are_true_or_false() {
    assertThat(FLAG.parse("true")).isTrue();
    assertThat(FLAG.parse("False")).isFalse();
    refused(FLAG, "yes", "neither true nor false");
    refused(FLAG, "1", "neither true nor false");
    refused(FLAG, "", "neither true nor false");
  }

  @Test
  void choices_are_written_with_hyphens() {
    assertThat(CHOICE.parse("dead-letter")).isEqualTo(OnFailure.DEAD_LETTER);
    assertThat(CHOICE.parse("Drop")).isEqualTo(OnFailure.DROP);
    assertThat(CHOICE.values()).isEqualTo("dead-letter, drop");
    assertThat(CHOICE.defaultText()).isEqualTo("drop");
    refused(CHOICE, "dead_letter", "none of the values");
  }

  @Test
  void secrets_are_written_and_not_shown() {
    Secret secret = SECRET.parse("S3CRT");

    assertThat(secret.reveal()).isEqualTo("S3CRT");
    assertThat(SECRET.write(secret)).isEqualTo("S3CRT");
    assertThat(SECRET.show(secret)).isEqualTo("***");
    assertThat(secret).hasToString("***");
    assertThat(SECRET.defaultText()).isEqualTo("none");
  }

  @Test
  void values_that_were_not_read_are_checked_too() {
    assertThat(COUNT.check(10_000)).isEqualTo(10_000);
    assertThatThrownBy(() -> COUNT.check(0)).hasMessage("out of range");
    assertThatThrownBy(() -> WAIT.check(Duration.ofSeconds(-1))).hasMessage("out of range");
    assertThatThrownBy(() -> WAIT.check(Duration.ofSeconds(Long.MAX_VALUE)))
        .hasMessage("out of range");
  }

  @Test
  void a_default_outside_the_range_is_refused() {
    assertThatThrownBy(() -> Option.integer("count", 0, 1, 2, "Counts."))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("count");
  }

  @ParameterizedTest
  @CsvSource({
    "maxInFlight,    TASKWIRE_MAX_IN_FLIGHT",
    "url,            TASKWIRE_URL",
    "beanstalk.ttr,  TASKWIRE_BEANSTALK_TTR",
    "my-broker.aB1C, TASKWIRE_MY_BROKER_A_B1_C",
  })
  void environment_names_are_made_of_keys(String key, String name) {
    assertThat(Option.environmentName(key)).isEqualTo(name);
  }

  @Test
  void environment_names_of_core_options_differ() {
    assertThat(CoreOptions.all().stream().map(o -> Option.environmentName(o.key())))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("io.taskwire.spi.CoreOptions#all")
  void every_default_is_read_as_it_is_written(Option<?> option) {
    assertThat(parsedDefault(option)).isEqualTo(option.defaultValue());
    assertThat(option.description()).endsWith(".").hasSizeGreaterThan(10);
    assertThat(CoreOptions.find(option.key())).isSameAs(option);
  }

  private static <T> T parsedDefault(Option<T> option) {
    return option.parse(option.write(option.defaultValue()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0.0005S", "PT-3S", "PT2562047788015215H30M7.999999999S", "PT0.001S"})
  void durations_of_any_size_can_be_written(Duration value) {
    assertThat(Duration.ZERO.plus(TextValues.duration(TextValues.text(value)))).isEqualTo(value);
  }

  @Property
  void durations_are_read_as_they_are_written(
      @ForAll @LongRange(min = 0, max = 2_592_000_000L) long ms) {
    Duration value = Duration.ofMillis(ms);

    assertThat(WAIT.parse(WAIT.write(value))).isEqualTo(value);
  }

  @Property
  void sizes_are_read_as_they_are_written(@ForAll @IntRange(min = 1_024) int bytes) {
    assertThat(SIZE.parse(SIZE.write(bytes))).isEqualTo(bytes);
    assertThat(SIZE.parse(bytes / 1_024 + "KiB")).isEqualTo(bytes / 1_024 * 1_024);
  }

  @Property
  void any_text_is_read_or_refused_with_a_reason(@ForAll String text) {
    for (Option<?> option : new Option<?>[] {WAIT, LIMIT, COUNT, SIZE, FLAG, CHOICE, SECRET}) {
      try {
        assertThat(option.parse(text)).isNotNull();
      } catch (IllegalArgumentException e) {
        assertThat(e.getMessage()).isNotEmpty();
      }
    }
  }

  @Test
  void settings_are_made_of_texts() {
    Settings settings = Settings.of(
        List.of(WAIT, SECRET), Map.of(WAIT, "5m", SECRET, "S3CRT", CoreOptions.RETRY, "off"));

    assertThat(settings.get(WAIT)).isEqualTo(Duration.ofMinutes(5));
    assertThat(settings.get(SECRET).reveal()).isEqualTo("S3CRT");
    assertThat(settings.get(CoreOptions.RETRY)).isZero();
    assertThat(settings.get(CoreOptions.MAX_ATTEMPTS)).isEqualTo(5);
    assertThat(settings.toString()).contains("wait=5m", "token=***", "retry=off");
    assertThatThrownBy(() -> settings.get(COUNT)).hasMessageContaining("count");
    assertThatThrownBy(() -> settings.isSet(COUNT)).hasMessageContaining("count");
  }

  private static void refused(Option<?> option, String text, String reason) {
    assertThatThrownBy(() -> option.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason);
  }
}
