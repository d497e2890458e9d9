/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BinaryTest {

  @Test
  void finds_what_is_installed() {
    assertThat(Binary.find("sh")).endsWith("/sh");
  }

  @Test
  void says_what_to_do_about_what_is_missing() {
    assertThatThrownBy(() -> Binary.find("no-such-broker"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("no-such-broker is not installed")
        .hasMessageContaining("run bin/test");
  }
}
