/** Small programs, one idea each. Every one ends by itself but {@link io.taskwire.examples.ProductionWorker}. */
package io.taskwire.examples;
