/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.FailureCode;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FailureTest {

  @Test
  void of_a_handler_travels_as_type_and_message() {
    Failure failure =
        new Failure(FailureCode.HANDLER, "java.lang.IllegalStateException", "out of: stock", null);

    assertThat(failure.toText()).hasToString("java.lang.IllegalStateException: out of: stock");
    assertThat(Failure.ofText(failure.toText())).isEqualTo(failure);
  }

  @Test
  void of_another_kind_travels_with_its_code() {
    Failure failure = new Failure(FailureCode.TOO_LARGE, "x.Y", "result of 70,000 bytes", null);

    assertThat(failure.toText()).hasToString("TOO_LARGE: result of 70,000 bytes");
    assertThat(Failure.ofText(failure.toText()))
        .isEqualTo(new Failure(FailureCode.TOO_LARGE, "", "result of 70,000 bytes", null));
  }

  @Test
  void keeps_the_text_of_a_foreign_worker_whole() {
    assertThat(Failure.ofText(Buffer.buffer("no such user: bob")))
        .isEqualTo(new Failure(FailureCode.HANDLER, "", "no such user: bob", null));
    assertThat(Failure.ofText(Buffer.buffer()))
        .isEqualTo(new Failure(FailureCode.HANDLER, "", "", null));
  }

  @Test
  void keeps_everything_in_headers() {
    Failure failure = new Failure(FailureCode.HANDLER, "Declined", "no funds", "{\"limit\":5}");

    assertThat(Failure.ofHeaders(failure.toHeaders())).isEqualTo(failure);
    assertThat(Failure.ofHeaders(Map.of())).isNull();
  }

  @Test
  void is_cut_between_characters() {
    Failure failure = new Failure(FailureCode.HANDLER, "T", "x" + "\u20ac".repeat(10_000), null);

    Buffer text = failure.toText();

    assertThat(text.length()).isBetween(Failure.MAX_TEXT - 3, Failure.MAX_TEXT);
    assertThat(text.toString()).doesNotContain("\ufffd");
  }
}
