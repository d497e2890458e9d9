/* SPDX-License-Identifier: Apache-2.0 */
/** Taskwire serializers. */
package io.taskwire.serializers;
