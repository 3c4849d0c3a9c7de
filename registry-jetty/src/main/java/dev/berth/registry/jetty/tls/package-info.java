/**
 * Certificates and keys: a {@link dev.berth.registry.jetty.tls.Tls} says with which ones a server speaks TLS, and {@link
 * dev.berth.registry.jetty.tls.TestCertificates} makes some to be thrown away. No type of Jetty is in here.
 */
@NullMarked
package dev.berth.registry.jetty.tls;

import org.jspecify.annotations.NullMarked;
