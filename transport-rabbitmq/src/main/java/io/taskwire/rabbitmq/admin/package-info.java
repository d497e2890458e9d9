/** The admin's inside: its connection, the management plugin and what refusals mean. */
package io.taskwire.rabbitmq.admin;
