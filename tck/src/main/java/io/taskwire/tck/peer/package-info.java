/* SPDX-License-Identifier: Apache-2.0 */
/** Programs that stand at the other end of a broker and know nothing of Taskwire. */
@org.jspecify.annotations.NullMarked
package io.taskwire.tck.peer;
