/**
 * Who asks, and what they may do. An {@link dev.berth.registry.http.auth.Authenticator} finds out who sends a request, an
 * {@link dev.berth.registry.http.auth.AccessPolicy} knows what they may do, {@link
 * dev.berth.registry.http.auth.AccessNeeds} reads from the typed route what a request takes, and {@link
 * dev.berth.registry.http.auth.AuthFilter} puts the three together in front of the protocol.
 */
@NullMarked
package dev.berth.registry.http.auth;

import org.jspecify.annotations.NullMarked;
