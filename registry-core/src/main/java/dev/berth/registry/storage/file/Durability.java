package dev.berth.registry.storage.file;

/** What a {@link FileStorage} does before it says that something is written. */
public enum Durability {
    /**
     * Waits until the disk has it, the file and the directories that lead to it: what was acknowledged survives a power cut.
     * Bytes of an upload that is not committed yet are not waited for.
     */
    DURABLE,

    /**
     * Leaves it to the operating system: what was acknowledged survives the end of the process, not that of the machine. For
     * tests, caches and content that can be pushed again.
     */
    FAST
}
