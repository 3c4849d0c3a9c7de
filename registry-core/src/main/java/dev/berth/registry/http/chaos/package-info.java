/** What the specification leaves open, decided otherwise each time. */
@NullMarked
package dev.berth.registry.http.chaos;

import org.jspecify.annotations.NullMarked;
