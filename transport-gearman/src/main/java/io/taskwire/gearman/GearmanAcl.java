/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what on a {@link GearmanServer}, by the common name in the subject of the client certificate. What no entry
 * allows is refused, so a connection without a certificate may do nothing but look. Immutable: each method returns a copy.
 *
 * <p>Function names are matched as a whole: {@code resize} allows {@code resize} alone, {@code resize.*} all that begin so.
 * (The server of gear compares only the beginning of the name.)
 *
 * <p>Refused registrations and submits are answered with {@code ERROR PERMISSION_DENIED}, refused commands with {@code ERR
 * PERMISSION_DENIED}. While the server runs, those who may grant can change the list with the text commands of gear's
 * server: {@code acl list}, {@code acl grant register|invoke NAME REGEX}, {@code acl grant grant NAME}, {@code acl revoke
 * register|invoke|grant|all NAME}; and everybody can give up what is his own with {@code acl self-revoke
 * register|invoke|grant|all}. What is changed holds from then on; functions already registered stay.
 */
public final class GearmanAcl {

  private static final GearmanAcl NOTHING = new GearmanAcl(Map.of());

  private final Map<String, Entry> entries;

  private GearmanAcl(Map<String, Entry> entries) {
    this.entries = entries;
  }

  /**
   * What one name may do.
   *
   * @param subject the common name of the certificate
   * @param register the functions it may serve; null for none
   * @param invoke the functions of which it may submit and cancel jobs; null for none
   * @param grant whether it may change this list, and use the text commands that change the server ({@code create}, {@code
   *     drop}, {@code maxqueue}, {@code shutdown})
   */
  public record Entry(
      String subject, @Nullable Pattern register, @Nullable Pattern invoke, boolean grant) {}

  /**
   * A list that allows nothing.
   *
   * @return the empty list
   */
  public static GearmanAcl create() {
    return NOTHING;
  }

  /**
   * Lets a name serve functions, instead of those it may serve so far.
   *
   * @param subject the common name of the certificate
   * @param functions a regular expression for the whole function name
   * @return a copy
   * @throws PatternSyntaxException if it is no regular expression
   */
  public GearmanAcl register(String subject, String functions) {
    Entry old = entry(subject);
    return with(new Entry(subject, Pattern.compile(functions), old.invoke(), old.grant()));
  }

  /**
   * Lets a name submit jobs of functions, and cancel them, instead of those it may submit so far.
   *
   * @param subject the common name of the certificate
   * @param functions a regular expression for the whole function name
   * @return a copy
   * @throws PatternSyntaxException if it is no regular expression
   */
  public GearmanAcl invoke(String subject, String functions) {
    Entry old = entry(subject);
    return with(new Entry(subject, old.register(), Pattern.compile(functions), old.grant()));
  }

  /**
   * Lets a name change this list and the server, with text commands.
   *
   * @param subject the common name of the certificate
   * @return a copy
   */
  public GearmanAcl grant(String subject) {
    Entry old = entry(subject);
    return with(new Entry(subject, old.register(), old.invoke(), true));
  }

  /**
   * Gives all there is.
   *
   * @return an entry for each name, in the order in which they came
   */
  public List<Entry> entries() {
    return List.copyOf(entries.values());
  }

  private Entry entry(String subject) {
    Objects.requireNonNull(subject, "subject");
    return Objects.requireNonNullElse(entries.get(subject), new Entry(subject, null, null, false));
  }

  private GearmanAcl with(Entry entry) {
    Map<String, Entry> all = new LinkedHashMap<>(entries);
    all.put(entry.subject(), entry);
    return new GearmanAcl(Collections.unmodifiableMap(all));
  }
}
