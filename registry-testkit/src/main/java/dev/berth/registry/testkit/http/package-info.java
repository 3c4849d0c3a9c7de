/**
 * The published suite for bindings: what a client sees of the protocol, over real HTTP. A binding extends each contract and
 * says how to serve a handler.
 */
@NullMarked
package dev.berth.registry.testkit.http;

import org.jspecify.annotations.NullMarked;
