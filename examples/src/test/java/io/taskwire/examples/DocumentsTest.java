/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What stands in the documents between {@code <!-- code: … -->} or {@code <!-- table: … -->} and {@code <!-- end -->} is
 * what the code has. With {@code -Ddocs.update} the documents are rewritten instead.
 */
class DocumentsTest {

  private static final Pattern GENERATED =
      Pattern.compile("<!-- (code|table): ([^>]+?) -->\n(.*?)<!-- end -->", Pattern.DOTALL);

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");

  static Stream<Path> documents() throws IOException {
    try (Stream<Path> docs = Files.list(Project.ROOT.resolve("docs"))) {
      List<Path> all =
          docs.filter(file -> file.toString().endsWith(".md")).sorted().toList();
      return Stream.concat(
          Stream.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md").map(Project.ROOT::resolve),
          all.stream());
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void shows_what_the_code_has(Path document) {
    String text = Project.read(document);
    String fresh = GENERATED
        .matcher(text)
        .replaceAll(
            match -> Matcher.quoteReplacement("<!-- " + match.group(1) + ": " + match.group(2)
                + " -->\n" + generated(match.group(1), match.group(2)) + "<!-- end -->"));
    if (System.getProperty("docs.update") != null) {
      Project.write(document, fresh);
      return;
    }

    assertThat(text)
        .describedAs(
            "%s is behind the code; mvn -pl examples -am test -Ddocs.update rewrites it", document)
        .isEqualTo(fresh);
  }

  private static String generated(String kind, String name) {
    return kind.equals("code") ? "```java\n" + Regions.of(name) + "```\n" : Tables.of(name);
  }

  @ParameterizedTest
  @MethodSource("documents")
  void shows_no_java_that_is_not_compiled(Path document) {
    assertThat(GENERATED.matcher(Project.read(document)).replaceAll("")).doesNotContain("```java");
  }

  @ParameterizedTest
  @MethodSource("documents")
  void links_only_to_files_that_exist(Path document) {
    Matcher links = LINK.matcher(Project.read(document));
    while (links.find()) {
      assertThat(document.resolveSibling(links.group(1))).exists();
    }
  }
}
