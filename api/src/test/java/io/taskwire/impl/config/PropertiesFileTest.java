/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl.config;

import static io.taskwire.impl.config.TestProvider.TTR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwire.InvalidOptionException;
import io.taskwire.spi.CoreOptions;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PropertiesFileTest {

  private final ConfiguredProcess process = new ConfiguredProcess();

  @TempDir
  private Path folder;

  @Test
  void keys_may_have_the_prefix_or_not() {
    process.file(
        folder, "taskwire.retry = 1s\nmaxInFlight=7\nbeanstalk.ttr=10s\nurl=beanstalk://h");

    ResolvedConfiguration found = process.resolve();

    assertThat(found.provider()).isSameAs(TestProvider.BEANSTALK);
    assertThat(found.settings().get(CoreOptions.RETRY)).isEqualTo(Duration.ofSeconds(1));
    assertThat(found.settings().get(CoreOptions.MAX_IN_FLIGHT)).isEqualTo(7);
    assertThat(found.settings().get(TTR)).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void it_is_written_in_utf_8() {
    process.file(folder, "taskwire.serializer=grüße");

    assertThat(process.resolve("memory:").settings().get(CoreOptions.SERIALIZER))
        .isEqualTo("grüße");
  }

  @Test
  void a_system_property_names_another() throws IOException {
    Path other = Files.writeString(folder.resolve("other.conf"), "taskwire.maxInFlight=2");
    process.file(folder, "taskwire.maxInFlight=1").property("taskwire.config", other.toString());

    assertThat(process.resolve("memory:").settings().get(CoreOptions.MAX_IN_FLIGHT))
        .isEqualTo(2);
  }

  @Test
  void a_variable_names_another_unless_a_system_property_does() throws IOException {
    Path one = Files.writeString(folder.resolve("one"), "taskwire.maxInFlight=1");
    Path two = Files.writeString(folder.resolve("two"), "taskwire.maxInFlight=2");
    process.variable("TASKWIRE_CONFIG", one.toString());

    assertThat(process.resolve("memory:").settings().get(CoreOptions.MAX_IN_FLIGHT))
        .isEqualTo(1);
    process.property("taskwire.config", two.toString());
    assertThat(process.resolve("memory:").settings().get(CoreOptions.MAX_IN_FLIGHT))
        .isEqualTo(2);
  }

  @Test
  void errors_name_it() throws IOException {
    Path other = Files.writeString(folder.resolve("other.conf"), "taskwire.maxInFlight=none");
    process.property("taskwire.config", other.toString());

    assertThatThrownBy(() -> process.resolve("memory:"))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("(" + other + ")");
  }

  @Test
  void one_that_is_named_must_be_there() {
    Path missing = folder.resolve("missing");
    process.variable("TASKWIRE_CONFIG", missing.toString());

    assertThatThrownBy(() -> process.resolve("memory:"))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessage(
            "The file '" + missing + "' (TASKWIRE_CONFIG) can't be read: NoSuchFileException")
        .hasCauseInstanceOf(NoSuchFileException.class);
  }

  @Test
  void one_that_is_no_path_is_refused() {
    process.property("taskwire.config", "a\0b");

    assertThatThrownBy(() -> process.resolve("memory:"))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessageContaining("(taskwire.config)")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\0"));
  }

  @Test
  void one_that_is_malformed_is_refused_without_its_content() {
    process.file(folder, "taskwire.url=amqp://u:S3CRT\\uZZZZ@h");

    assertThatThrownBy(() -> process.resolve("memory:"))
        .isInstanceOf(InvalidOptionException.class)
        .hasMessage(
            "The file 'taskwire.properties' has a \\u that is not followed by four hex digits.")
        .hasNoCause();
  }

  @Test
  void the_first_class_loader_that_has_one_wins() throws IOException {
    Path first = Files.createDirectory(folder.resolve("first"));
    Path second = Files.createDirectory(folder.resolve("second"));
    Files.writeString(first.resolve("taskwire.properties"), "retry=1s");
    Files.writeString(second.resolve("taskwire.properties"), "retry=2s");
    try (URLClassLoader empty = new URLClassLoader(new URL[0], null);
        URLClassLoader one = loader(first);
        URLClassLoader two = loader(second)) {
      Sources sources = new Sources(Map.of(), Map.of(), List.of(empty, one, two));

      assertThat(sources.file().values()).containsExactly(Map.entry("retry", "1s"));
    }
  }

  private static URLClassLoader loader(Path folder) throws IOException {
    return new URLClassLoader(new URL[] {folder.toUri().toURL()}, null);
  }
}
