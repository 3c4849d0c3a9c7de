/**
 * What was asked of a registry and what it answered, kept in bounded memory for tests to look at.
 */
@NullMarked
package dev.berth.registry.http.journal;

import org.jspecify.annotations.NullMarked;
