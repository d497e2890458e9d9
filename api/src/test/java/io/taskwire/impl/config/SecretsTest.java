/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl.config;

import static io.taskwire.impl.config.TestProvider.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwire.InvalidOptionException;
import io.taskwire.QueueOptions;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets are in no message, no stack trace, no log line and no toString. */
class SecretsTest {

  private static final String SECRET = "S3CRT";

  private final ConfiguredProcess process = new ConfiguredProcess();

  @TempDir
  private Path folder;

  @Test
  void a_secret_reaches_the_transport_from_every_source() {
    assertThat(process
            .resolve("beanstalk://h?authToken=S3CRT")
            .settings()
            .get(TOKEN)
            .reveal())
        .isEqualTo(SECRET);
    process.file(folder, "beanstalk.authToken=S3CRT-file");
    assertThat(process.resolve("beanstalk://h").settings().get(TOKEN).reveal())
        .isEqualTo("S3CRT-file");
    process.variable("TASKWIRE_BEANSTALK_AUTH_TOKEN", "S3CRT-env");
    assertThat(process.resolve("beanstalk://h").settings().get(TOKEN).reveal())
        .isEqualTo("S3CRT-env");
    process.property("taskwire.beanstalk.authToken", "S3CRT-prop");
    assertThat(process.resolve("beanstalk://h").settings().get(TOKEN).reveal())
        .isEqualTo("S3CRT-prop");
  }

  @Test
  void what_is_resolved_does_not_show_them() {
    ResolvedConfiguration found =
        process.resolve("beanstalk://user:S3CRT@h?authToken=S3CRT&retry=1s");

    assertThat(found.toString())
        .contains("beanstalk://user:***@h", "authToken=***", "retry=1s")
        .doesNotContain(SECRET);
  }

  @Test
  void options_do_not_show_them() {
    QueueOptions options = QueueOptions.builder()
        .uri("beanstalk://user:S3CRT@h?authToken=S3CRT")
        .set("authToken", SECRET)
        .set("beanstalk.authToken", SECRET)
        .set("tokn", SECRET)
        .build();

    assertThat(options.toString())
        .contains("url=beanstalk://user:***@h", "authToken=***")
        .doesNotContain(SECRET);
    assertThat(options.values().toString()).doesNotContain(SECRET);
    assertThat(QueueOptions.of("beanstalk://user:S3C@RT@h").toString())
        .isEqualTo("QueueOptions{url=a URI that can't be read}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nosuch://user:S3CRT@h",
        "nosuch:S3CRT",
        "beanstalk://user:S3CRT@h?retry=x",
        "beanstalk://user:S3CRT@h?rety=x",
        "beanstalk://user:S3CRT@h:port",
        "beanstalk://user:S3CRT@",
        "beanstalk://user:S3CRT",
        "beanstalk://user:S3/CRT@h",
        "beanstalk://user:S3?CRT@h",
        "beanstalk://h?authTokn=S3CRT",
        "beanstalk://h?beanstalk.authTokn=S3CRT",
        "beanstalk://h?password=S3CRT",
        "beanstalk://h?authToken=S3CRT&beanstalk.authToken=S3CRT",
        "beanstalk://h?authToken=S3CRT%",
        "beanstalk://h?authToken=S3CRT&authToken=S3CRT",
      })
  void errors_do_not_show_them_whichever_source_the_uri_is_from(String uri) {
    assertHidden(() -> process.resolve(uri));
    assertHidden(() -> new ConfiguredProcess().property("taskwire.url", uri).resolve());
    assertHidden(() -> new ConfiguredProcess().variable("TASKWIRE_URL", uri).resolve());
    assertHidden(() -> new ConfiguredProcess().file(folder, "url=" + uri).resolve());
  }

  @ParameterizedTest
  @ValueSource(strings = {"authTokn", "beanstalk.authTokn", "AuthToken", "password", "auth.token"})
  void a_secret_under_a_mistyped_key_is_not_shown(String key) {
    assertHidden(() -> process.resolve(
        QueueOptions.builder().uri("beanstalk://h").set(key, SECRET).build()));
    assertHidden(
        () -> new ConfiguredProcess().property("taskwire." + key, SECRET).resolve("beanstalk://h"));
    assertHidden(
        () -> new ConfiguredProcess().file(folder, key + "=" + SECRET).resolve("beanstalk://h"));
  }

  @Test
  void the_log_does_not_show_them() {
    try (CapturedLog log = new CapturedLog()) {
      process.variable("TASKWIRE_BEANSTALK_AUTH_TOKN", SECRET).resolve("beanstalk://u:S3CRT@h");

      assertThat(log.lines())
          .hasSize(1)
          .allSatisfy(line ->
              assertThat(line).contains("TASKWIRE_BEANSTALK_AUTH_TOKN").doesNotContain(SECRET));
    }
  }

  private static void assertHidden(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(InvalidOptionException.class).satisfies(e -> {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      assertThat(trace.toString()).doesNotContain("S3").doesNotContain("CRT");
    });
  }
}
