/** Certificates for tests of TLS. */
@org.jspecify.annotations.NullMarked
package io.taskwire.tck.tls;
