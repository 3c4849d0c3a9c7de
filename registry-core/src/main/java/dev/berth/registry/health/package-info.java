/** Whether a registry can do what it is there for: {@link dev.berth.registry.health.Health} asks its checks. */
@NullMarked
package dev.berth.registry.health;

import org.jspecify.annotations.NullMarked;
