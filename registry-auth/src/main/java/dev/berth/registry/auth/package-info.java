/** Users and passwords in a file, bearer tokens, and an access policy in a file. */
@NullMarked
package dev.berth.registry.auth;

import org.jspecify.annotations.NullMarked;
