/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.tck.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Certificates with their keys, as PEM files, valid until 2120 except the expired ones. Those of {@link #ca()} are what a test
 * trusts; {@link #otherCa()} stands for an authority that nobody trusts. They are no secret: never use them outside tests.
 */
public enum TestCertificates {
  /** For a server at localhost, 127.0.0.1 and ::1. */
  SERVER("server"),
  /** For a client; its common name is {@code client}. */
  CLIENT("client"),
  /** For another client; its common name is {@code worker}. */
  WORKER("worker"),
  /** For a server at somewhere.else.example, and nowhere else. */
  WRONG_HOST("wrong-host"),
  /** As {@link #SERVER}, expired in 2020. */
  EXPIRED("expired"),
  /** As {@link #CLIENT}, expired in 2020. */
  EXPIRED_CLIENT("expired-client"),
  /** As {@link #SERVER}, signed by {@link #otherCa()}. */
  OTHER_SERVER("other-server"),
  /** As {@link #CLIENT}, signed by {@link #otherCa()}. */
  OTHER_CLIENT("other-client");

  private static @Nullable Path copies;

  private final String name;

  TestCertificates(String name) {
    this.name = name;
  }

  /**
   * Gives the certificate.
   *
   * @return a PEM file
   */
  public Path certificate() {
    return file(name + ".crt");
  }

  /**
   * Gives the private key of the certificate, which is not encrypted.
   *
   * @return a PEM file, PKCS 8
   */
  public Path key() {
    return file(name + ".key");
  }

  /**
   * Gives the certificate of the authority that signed the good certificates, and the expired ones.
   *
   * @return a PEM file
   */
  public static Path ca() {
    return file("ca.crt");
  }

  /**
   * Gives the certificate of the authority that signed {@link #OTHER_SERVER} and {@link #OTHER_CLIENT}.
   *
   * @return a PEM file
   */
  public static Path otherCa() {
    return file("other-ca.crt");
  }

  /** Copies it out of the jar, once in the life of the JVM. */
  private static synchronized Path file(String name) {
    try (InputStream in = TestCertificates.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the kit lacks its resource " + name);
      }
      Path folder = copies;
      if (folder == null) {
        folder = Files.createTempDirectory("taskwire-tls");
        folder.toFile().deleteOnExit();
        copies = folder;
      }
      Path file = folder.resolve(name);
      if (Files.notExists(file)) {
        file.toFile().deleteOnExit();
        Files.copy(in, file);
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
