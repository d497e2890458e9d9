/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.serializers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskwire.SerializationException;
import io.taskwire.Serializer;
import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Supplier;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A user's module that keeps its packages to itself, compiled and loaded as a module of its own. */
class ClosedModuleTest {

  private static final List<Serializer> SERIALIZERS =
      List.of(new MsgpackSerializer(), new JsonSerializer());

  @TempDir
  Path directory;

  @Test
  void a_record_of_a_closed_package_is_refused_with_the_line_that_opens_it() throws Exception {
    Class<?> type = compile(
        "provides java.util.function.Supplier with com.acme.Order.Maker;",
        "record Order(int id) { public static class Maker implements java.util.function.Supplier<Order> {"
            + " public Order get() { return new Order(5); } } }");

    Object instance = ServiceLoader.load(type.getModule().getLayer(), Supplier.class)
        .findFirst()
        .orElseThrow()
        .get();
    for (Serializer serializer : SERIALIZERS) {
      assertThatThrownBy(() -> serializer.encode(instance, type))
          .isInstanceOf(SerializationException.class)
          .hasMessageContaining("opens com.acme to com.fasterxml.jackson.databind;")
          .hasMessageContaining("module-info of acme.shop");
      assertThatThrownBy(
              () -> serializer.decode(serializer.encode(Map.of("id", 5), Object.class), type))
          .isInstanceOf(SerializationException.class)
          .hasMessageContaining("opens com.acme to com.fasterxml.jackson.databind;");
    }
  }

  @Test
  void a_record_of_an_opened_package_need_not_be_public() throws Exception {
    assertComesBack(compile("opens com.acme;", "record Order(int id) {}"));
  }

  @Test
  void a_public_record_of_an_exported_package_needs_nothing() throws Exception {
    assertComesBack(compile("exports com.acme;", "public record Order(int id) {}"));
  }

  private static void assertComesBack(Class<?> type) throws Exception {
    for (Serializer serializer : SERIALIZERS) {
      Object back = serializer.decode(serializer.encode(Map.of("id", 5), Object.class), type);

      assertThat(serializer.decode(serializer.encode(back, type), Object.class))
          .isEqualTo(Map.of("id", 5L));
    }
  }

  private Class<?> compile(String directive, String order)
      throws IOException, ReflectiveOperationException {
    Path info = directory.resolve("module-info.java");
    Path source = directory.resolve("Order.java");
    Files.writeString(info, "module acme.shop { " + directive + " }");
    Files.writeString(source, "package com.acme; " + order);
    int exit = ToolProvider.getSystemJavaCompiler()
        .run(
            null,
            null,
            null,
            "-d",
            directory.resolve("out").toString(),
            info.toString(),
            source.toString());
    assertThat(exit).isZero();

    Configuration configuration = ModuleLayer.boot()
        .configuration()
        .resolve(ModuleFinder.of(directory.resolve("out")), ModuleFinder.of(), Set.of("acme.shop"));
    return ModuleLayer.boot()
        .defineModulesWithOneLoader(configuration, ClosedModuleTest.class.getClassLoader())
        .findLoader("acme.shop")
        .loadClass("com.acme.Order");
  }
}
