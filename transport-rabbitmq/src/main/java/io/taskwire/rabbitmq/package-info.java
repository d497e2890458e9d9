/* SPDX-License-Identifier: Apache-2.0 */
/** What users of RabbitMQ may import. */
package io.taskwire.rabbitmq;
