package dev.berth.standalone.config;

/** What becomes of a setting. */
enum Disposition {
    /** It does what it does in Docker's registry. */
    APPLIED("supported"),

    /** What it asks for holds anyhow, or concerns what Berth does not have. Said in passing. */
    NEEDLESS("accepted, needless"),

    /** The registry serves the same content to the same clients without it. Said as a warning. */
    NOT_YET("not yet: a warning"),

    /** Without it the registry would be open, elsewhere or another one than was asked for. Stops the start. */
    REFUSED("not yet: stops the start"),

    /** As {@link #REFUSED}, and below its section to be named is enough: no value, not even none, means "off". */
    GUARD("not yet: stops the start");

    private final String words;

    Disposition(String words) {
        this.words = words;
    }

    /** As a table of settings says it. */
    String words() {
        return words;
    }
}
