/* SPDX-License-Identifier: Apache-2.0 */
package io.taskwire.gearman.server;

import io.taskwire.gearman.GearmanAcl;
import io.taskwire.gearman.codec.ErrorResponse;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What each certificate name may do, as it is now: administrators change it while the server runs. */
final class AccessList {

  private static final class Entry {
    @Nullable
    Pattern register;

    @Nullable
    Pattern invoke;

    boolean grant;

    boolean isEmpty() {
      return register == null && invoke == null && !grant;
    }
  }

  private final boolean enabled;
  private final TreeMap<String, Entry> bySubject = new TreeMap<>();

  /** Starts with what the options say; without a list everything is allowed. */
  AccessList(@Nullable GearmanAcl acl) {
    enabled = acl != null;
    if (acl != null) {
      for (GearmanAcl.Entry given : acl.entries()) {
        Entry entry = entry(given.subject());
        entry.register = given.register();
        entry.invoke = given.invoke();
        entry.grant = given.grant();
      }
    }
  }

  static ErrorResponse denied(String verb, String function) {
    return new ErrorResponse(
        "PERMISSION_DENIED", "This connection may not " + verb + " " + function);
  }

  boolean isEnabled() {
    return enabled;
  }

  boolean canRegister(@Nullable String subject, String function) {
    if (!enabled) {
      return true;
    }
    Entry entry = find(subject);
    return entry != null && matches(entry.register, function);
  }

  /** Whether it may submit jobs of the function, and cancel them. */
  boolean canInvoke(@Nullable String subject, String function) {
    if (!enabled) {
      return true;
    }
    Entry entry = find(subject);
    return entry != null && matches(entry.invoke, function);
  }

  /** Whether it may change this list, and the server. */
  boolean canGrant(@Nullable String subject) {
    if (!enabled) {
      return true;
    }
    Entry entry = find(subject);
    return entry != null && entry.grant;
  }

  private static boolean matches(@Nullable Pattern pattern, String function) {
    return pattern != null && pattern.matcher(function).matches();
  }

  private @Nullable Entry find(@Nullable String subject) {
    return subject == null ? null : bySubject.get(subject);
  }

  private Entry entry(String subject) {
    return bySubject.computeIfAbsent(subject, name -> new Entry());
  }

  void register(String subject, Pattern functions) {
    entry(subject).register = functions;
  }

  void invoke(String subject, Pattern functions) {
    entry(subject).invoke = functions;
  }

  void grant(String subject) {
    entry(subject).grant = true;
  }

  void revokeRegister(String subject) {
    Entry entry = entry(subject);
    entry.register = null;
    removeIfEmpty(subject, entry);
  }

  void revokeInvoke(String subject) {
    Entry entry = entry(subject);
    entry.invoke = null;
    removeIfEmpty(subject, entry);
  }

  void revokeGrant(String subject) {
    Entry entry = entry(subject);
    entry.grant = false;
    removeIfEmpty(subject, entry);
  }

  private void removeIfEmpty(String subject, Entry entry) {
    if (entry.isEmpty()) {
      bySubject.remove(subject);
    }
  }

  /** A line for each subject, in the form of gear's server. */
  List<String> lines() {
    return bySubject.entrySet().stream()
        .map(entry -> entry.getKey()
            + "\tregister=" + Objects.toString(entry.getValue().register, "None")
            + "\tinvoke=" + Objects.toString(entry.getValue().invoke, "None")
            + "\tgrant=" + (entry.getValue().grant ? "True" : "False"))
        .toList();
  }
}
