/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.impl.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskwire.QueueOptions;
import io.taskwire.spi.TransportProvider;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryTest {

  private final ClassLoader before = Thread.currentThread().getContextClassLoader();

  @TempDir
  private Path folder;

  @AfterEach
  void give_the_thread_its_loader_back() {
    Thread.currentThread().setContextClassLoader(before);
  }

  @Test
  void transports_of_the_context_class_loader_are_found_once() throws IOException {
    assertThat(names()).doesNotContain("registered");

    Thread.currentThread().setContextClassLoader(new Application(folder));

    assertThat(names()).containsOnlyOnce("registered");
    assertThat(
            Configuration.resolve(QueueOptions.of("registered://h")).provider().name())
        .isEqualTo("registered");
  }

  @Test
  void a_thread_without_context_class_loader_is_none_the_worse() {
    List<String> names = names();
    Thread.currentThread().setContextClassLoader(null);

    assertThat(names()).containsExactlyInAnyOrderElementsOf(names);
  }

  private static List<String> names() {
    return Transports.load().stream().map(TransportProvider::name).toList();
  }

  /** Defines the provider once more, as a class outside the library's module, and registers it. */
  private static final class Application extends ClassLoader {

    private static final String SERVICE = "META-INF/services/" + TransportProvider.class.getName();
    private static final String PROVIDER = RegisteredProvider.class.getName();

    private final Path registration;

    Application(Path folder) throws IOException {
      super(Application.class.getClassLoader());
      registration = Files.writeString(folder.resolve("registration"), PROVIDER);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.equals(PROVIDER)) {
        return super.loadClass(name, resolve);
      }
      Class<?> defined = findLoadedClass(name);
      return defined == null ? define(name) : defined;
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      String file = RegisteredProvider.class.getSimpleName() + ".class";
      try (InputStream in = RegisteredProvider.class.getResourceAsStream(file)) {
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }

    @Override
    protected Enumeration<URL> findResources(String name) throws MalformedURLException {
      return name.equals(SERVICE)
          ? Collections.enumeration(List.of(registration.toUri().toURL()))
          : Collections.emptyEnumeration();
    }
  }
}
