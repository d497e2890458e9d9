/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The conformance kit: the tests that every transport passes. A transport runs them by naming its broker:
 *
 * <pre>{@code
 * class GearmanTckTest extends TransportTck {
 *
 *   public Broker newBroker() {
 *     return GearmandBroker.create();
 *   }
 *
 *   public boolean resultsSurviveReconnect() {
 *     return false;
 *   }
 * }
 * }</pre>
 *
 * <p>Each topic is a class of its own, {@link io.taskwire.tck.Contract} the base of all. Capabilities choose tests and are
 * proved by them: what the connected queue claims must work, what it does not claim must be refused; a skipped test says
 * which feature is missing. After each test {@link io.taskwire.tck.bed.TestBed} looks for what is left behind.
 */
@org.jspecify.annotations.NullMarked
package io.taskwire.tck;
