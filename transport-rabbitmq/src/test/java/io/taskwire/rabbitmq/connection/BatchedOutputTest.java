/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.rabbitmq.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class BatchedOutputTest {

  private final List<String> writes = new ArrayList<>();
  private final BatchedOutput output = new BatchedOutput(
      new OutputStream() {
        @Override
        public void write(int b) {
          writes.add(String.valueOf((char) b));
        }

        @Override
        public void write(byte[] bytes, int offset, int count) {
          writes.add(new String(bytes, offset, count, StandardCharsets.US_ASCII));
        }
      },
      8);

  private void send(String text) throws IOException {
    output.write(text.getBytes(StandardCharsets.US_ASCII));
    output.flush();
  }

  @Test
  void flush_outside_a_batch_writes() throws IOException {
    send("ab");
    send("cd");
    assertThat(writes).containsExactly("ab", "cd");
  }

  @Test
  void batch_is_one_write() throws IOException {
    output.beginBatch();
    send("ab");
    send("cd");
    assertThat(writes).isEmpty();
    output.endBatch();
    assertThat(writes).containsExactly("abcd");
    send("e");
    assertThat(writes).containsExactly("abcd", "e");
  }

  @Test
  void flush_of_another_thread_passes() throws Exception {
    output.beginBatch();
    send("ab");
    CompletableFuture.runAsync(() -> {
          try {
            output.flush();
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        })
        .get();
    assertThat(writes).containsExactly("ab");
    send("c");
    output.endBatch();
    assertThat(writes).containsExactly("ab", "c");
  }

  @Test
  void full_buffer_is_written_and_larger_ones_pass_through() throws IOException {
    output.beginBatch();
    send("abcdef");
    send("ghi");
    assertThat(writes).containsExactly("abcdef");
    send("0123456789");
    assertThat(writes).containsExactly("abcdef", "ghi", "0123456789");
    for (byte b : "klmnopqrs".getBytes(StandardCharsets.US_ASCII)) {
      output.write(b);
    }
    assertThat(writes).endsWith("klmnopqr");
    output.endBatch();
    assertThat(writes).endsWith("s");
  }

  @Test
  void bytes_keep_their_order() throws IOException {
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    output.beginBatch();
    for (int i = 1; i < 40; i++) {
      String text = "x".repeat(i % 11) + i;
      expected.write(text.getBytes(StandardCharsets.US_ASCII));
      send(text);
    }
    output.endBatch();
    assertThat(String.join("", writes)).isEqualTo(expected.toString(StandardCharsets.US_ASCII));
  }
}
