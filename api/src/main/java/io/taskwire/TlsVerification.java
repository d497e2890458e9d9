/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire;

/** How far the certificate that a broker shows is checked. */
public enum TlsVerification {
  /** It is signed by a trusted authority, valid now, and made for the host that was connected. */
  FULL,
  /** It is signed by a trusted authority and valid now, whatever host it was made for. Logged as a warning. */
  CA,
  /**
   * Not at all: whoever answers at the address is trusted, and can read and change everything. For trying things out;
   * logged as a warning.
   */
  OFF
}
