/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.transport;

import io.taskwire.EnvelopeMode;

/**
 * What a session needs of the queue's settings.
 *
 * @param envelope when submitted bodies are enveloped
 * @param maxPayload the longest payload without its envelope, in bytes
 */
record GearmanSettings(EnvelopeMode envelope, int maxPayload) {}
