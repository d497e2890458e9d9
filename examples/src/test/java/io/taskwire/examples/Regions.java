/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.examples;

import java.nio.file.Path;
import java.util.List;

/** Parts of the examples' sources, named by comments: {@code // region name} to {@code // endregion}. */
final class Regions {

  private Regions() {}

  /** A region as {@code Class#region}, or as {@code Class} everything from the first import on. */
  static String of(String name) {
    String[] parts = name.split("#", 2);
    Path file =
        Project.MODULE.resolve("src/main/java/io/taskwire/examples").resolve(parts[0] + ".java");
    String source = Project.read(file);
    if (parts.length == 1) {
      return source.substring(source.indexOf("import ")).stripTrailing() + "\n";
    }
    List<String> lines = source.lines().toList();
    int start = lines.stream().map(String::strip).toList().indexOf("// region " + parts[1]);
    if (start < 0) {
      throw new IllegalArgumentException("there is no region " + parts[1] + " in " + file);
    }
    StringBuilder region = new StringBuilder();
    for (String line : lines.subList(start + 1, lines.size())) {
      if (line.strip().equals("// endregion")) {
        return region.toString().stripTrailing().stripIndent() + "\n";
      }
      region.append(line).append('\n');
    }
    throw new IllegalArgumentException("region " + parts[1] + " in " + file + " has no end");
  }
}
