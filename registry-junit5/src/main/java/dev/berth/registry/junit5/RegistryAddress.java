package dev.berth.registry.junit5;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Asks for the address of the test's registry in a parameter of type {@code String}. It is what an image's name begins with:
 *
 * <pre>{@code
 * @Test
 * void pushes(@RegistryAddress String address) {
 *     push(address + "/team/app:1.0"); // 127.0.0.1:40123/team/app:1.0
 * }
 * }</pre>
 */
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface RegistryAddress {}
