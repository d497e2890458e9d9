/**
 * What is behind {@link io.taskwire.gearman.GearmanServer}: functions and their jobs, the connections of clients and
 * workers, the text commands. Everything of a server belongs to one event loop.
 */
package io.taskwire.gearman.server;
