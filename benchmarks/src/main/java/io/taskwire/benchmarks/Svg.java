/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.benchmarks;

import java.io.StringWriter;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes a drawing; what it looks like is up to classes of the style sheet, which knows light and dark. */
final class Svg {

  private static final String STYLE = """

      svg { font: 13px system-ui, sans-serif; }
      .paper { fill: #ffffff; } text { fill: #1f2328; } .quiet { fill: #59636e; }
      .title { font-size: 16px; font-weight: 600; } .end { text-anchor: end; } .middle { text-anchor: middle; }
      .grid { stroke: #d1d9e0; } .one { stroke: #59636e; } .mark { stroke: #1f2328; stroke-width: 3; }
      .s0 { fill: #0969da; stroke: #0969da; } .s1 { fill: #bc4c00; stroke: #bc4c00; }
      .s2 { fill: #1a7f37; stroke: #1a7f37; } .s3 { fill: #8250df; stroke: #8250df; }
      .hollow { fill: none; stroke-width: 2; } .range { stroke-width: 2; opacity: 0.5; }
      @media (prefers-color-scheme: dark) {
        .paper { fill: #0d1117; } text { fill: #f0f6fc; } .quiet { fill: #9198a1; }
        .grid { stroke: #3d444d; } .one { stroke: #9198a1; } .mark { stroke: #f0f6fc; }
        .s0 { fill: #58a6ff; stroke: #58a6ff; } .s1 { fill: #f0883e; stroke: #f0883e; }
        .s2 { fill: #56d364; stroke: #56d364; } .s3 { fill: #bc8cff; stroke: #bc8cff; }
        .hollow { fill: none; }
      }
      """;

  private final StringWriter text = new StringWriter();
  private final XMLStreamWriter xml;

  Svg(int width, int height) {
    try {
      xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      xml.writeStartElement("svg");
      xml.writeDefaultNamespace("http://www.w3.org/2000/svg");
      xml.writeAttribute("viewBox", "0 0 " + width + " " + height);
      xml.writeAttribute("width", Integer.toString(width));
      xml.writeAttribute("height", Integer.toString(height));
      xml.writeStartElement("style");
      xml.writeCharacters(STYLE);
      xml.writeEndElement();
      element("rect", "paper", "width", "100%", "height", "100%");
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
  }

  void text(double x, double y, String classes, String content) {
    try {
      xml.writeCharacters("\n");
      xml.writeStartElement("text");
      attributes(classes, "x", number(x), "y", number(y));
      xml.writeCharacters(content);
      xml.writeEndElement();
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
  }

  void line(double x1, double y1, double x2, double y2, String classes) {
    element(
        "line", classes, "x1", number(x1), "y1", number(y1), "x2", number(x2), "y2", number(y2));
  }

  void circle(double x, double y, double radius, String classes) {
    element("circle", classes, "cx", number(x), "cy", number(y), "r", number(radius));
  }

  /** Ends the drawing. */
  String end() {
    try {
      xml.writeCharacters("\n");
      xml.writeEndElement();
      xml.close();
      return text + "\n";
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
  }

  private void element(String name, String classes, String... namesAndValues) {
    try {
      xml.writeCharacters("\n");
      xml.writeEmptyElement(name);
      attributes(classes, namesAndValues);
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
  }

  private void attributes(String classes, String... namesAndValues) throws XMLStreamException {
    xml.writeAttribute("class", classes);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      xml.writeAttribute(namesAndValues[i], namesAndValues[i + 1]);
    }
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
