package dev.berth.examples.jib.faults;

import dev.berth.registry.image.Image;

/** What there is to be pulled and pushed. */
final class Pushed {

    /** What {@code team/base:1.0} pointed to first. */
    static final Image BEFORE = Image.random(1, 2_000);

    /** What it points to. */
    static final Image BASE = Image.random(2, 60_000);

    /** What is pushed to {@code team/app:1.0}. */
    static final Image APP = Image.random(3, 60_000);

    private Pushed() {}

    /** A message in which these are called by their names. */
    static String named(String message) {
        return message.replace(BEFORE.digest().toString(), "BEFORE")
                .replace(BASE.digest().toString(), "BASE");
    }
}
