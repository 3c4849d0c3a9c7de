package dev.berth.registry.lock;

import java.io.IOException;
import java.nio.file.Path;

/** Says that somebody has locked a file. */
public final class LockedException extends IOException {

    private static final long serialVersionUID = 1;

    private final String holder;

    LockedException(Path file, String holder) {
        super(file + " is locked by " + holder);
        this.holder = holder;
    }

    /** Who has it, such as {@code process 4711, since 2026-07-01T12:00:00Z}, or {@code this process}. */
    public String holder() {
        return holder;
    }
}
