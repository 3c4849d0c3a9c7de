package dev.berth.registry.auth;

/** Users and their passwords in a file as Apache's {@code htpasswd} writes it. */
final class Htpasswd {

    private Htpasswd() {}
}
