/** Users and their passwords in a file as Apache's {@code htpasswd} writes it. */
@NullMarked
package dev.berth.registry.auth.htpasswd;

import org.jspecify.annotations.NullMarked;
