/**
 * Taskwire from a shell: {@code submit}, {@code work}, {@code ping} and {@code capabilities}. A program, not an API;
 * what may be relied on are its arguments, its streams and its {@linkplain io.taskwire.cli.ExitCode exit codes}.
 */
@org.jspecify.annotations.NullMarked
package io.taskwire.cli;
