/* SPDX-License-Identifier: Apache-2.0 */
/** The conformance kit: the tests that every transport passes, run by giving them a broker. */
@org.jspecify.annotations.NullMarked
package io.taskwire.tck;
