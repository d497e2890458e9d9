/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The test vectors of docs/WIRE.md, "RabbitMQ". */
class WireDocumentTest {

  private static final String MARK = "<!-- vectors: rabbitmq replies -->\n";

  static List<List<String>> vectors() throws IOException {
    String text = Files.readString(Path.of("..", "docs", "WIRE.md"));
    return text.substring(text.indexOf(MARK) + MARK.length())
        .lines()
        .skip(2) // the table's head
        .takeWhile(line -> line.startsWith("|"))
        .map(line -> Arrays.stream(line.split("\\|", -1)).map(String::trim).toList())
        .map(cells -> cells.subList(1, cells.size() - 1))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void a_body_says_what_the_document_says(List<String> row) throws Exception {
    byte[] body = Recording.hex(code(row.get(0)));
    String format = row.get(1);
    Buffer result = Buffer.buffer(Recording.hex(code(row.get(2))));
    String error = row.get(3);
    boolean written = row.get(4).equals("yes");

    if (error.equals("malformed")) {
      assertThatThrownBy(() -> ReplyBody.decode(body, format))
          .isInstanceOf(MalformedReplyException.class);
    } else if (error.isEmpty()) {
      assertThat(ReplyBody.decode(body, format)).isEqualTo(new ReplyBody.Result(result));
      assertThat(Arrays.equals(ReplyBody.encode(format, result), body)).isEqualTo(written);
    } else {
      Buffer text = Buffer.buffer(code(error));
      assertThat(ReplyBody.decode(body, format)).isEqualTo(new ReplyBody.Failed(text));
      assertThat(Arrays.equals(ReplyBody.encodeError(text), body)).isEqualTo(written);
    }
  }

  private static String code(String cell) {
    return cell.replace("`", "");
  }
}
