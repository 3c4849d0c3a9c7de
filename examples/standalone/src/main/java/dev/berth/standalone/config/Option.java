package dev.berth.standalone.config;

import java.util.Locale;

/** The options of the command line. Help and version are not among them: they end the program before it begins. */
public enum Option {
    PORT("PORT", "the port to listen on, 5000 unless told; 0 takes a free one and says which"),
    HOST("HOST", "the address to listen on, 127.0.0.1 unless told: this machine alone; 0.0.0.0 lets in all others"),
    DATA("DIR", "the directory to keep everything in, ./berth-data unless told; one of Docker's registry will do"),
    MEMORY("", "keep everything in memory and lose it at the end"),
    DELETE("", "let clients delete, which they may unless told otherwise"),
    NO_DELETE("", "let no client delete"),
    ALLOW_MISSING_REFERENCES("", "accept manifests that refer to what is not there"),
    HTPASSWD("FILE", "ask for the passwords of this file, as htpasswd -B writes it"),
    POLICY("FILE", "let users and others do what this file says; see registry-auth's PolicyFile"),
    TOKENS("", "give users tokens for their passwords, as public registries do"),
    TLS_CERT("FILE", "speak TLS with this certificate, and those it is issued by, in PEM"),
    TLS_KEY("FILE", "the certificate's key, in PEM"),
    COLLECT_EVERY("DURATION", "remove what nobody needs every so often, such as 24h, while serving"),
    COLLECT_GRACE("DURATION", "how long what nothing refers to yet stays, 24h unless told; longer than any push takes"),
    COLLECT_UNTAGGED(
            "DURATION", "and with it manifests that no tag leads to, when they are as old as that, such as 168h"),
    WEBHOOK("URL", "tell this URL by HTTP what is pushed, pulled and deleted, as Docker's registry does"),
    MANAGEMENT("PORT", "show health and metrics on this port of this machine: /readyz, /metrics"),
    LOG_FORMAT("FORMAT", "text (the default) or json, an object in each line"),
    RULES(
            "FILE",
            "keep, limit and protect what this file says: retention, quotas, limits, immutable tags; see the README"),
    LIMITS("LIMITS", "let no more come than that, such as 'blob=10GiB,uploads=64,sessions=1000'; see the README"),
    IMMUTABLE_TAGS(
            "PATTERNS", "let nobody move or delete these tags, such as 'team/**:semver' or '**:v*,**:release-*'"),
    READ_ONLY_WHILE("FILE", "refuse every change while this file is there, and go on when it is gone"),
    FAST("", "do not wait for the disk: what was pushed survives the end of the process, not a power cut"),
    LOG_LEVEL("LEVEL", "error, warn, info (the default), debug or trace");

    private final String flag;
    private final String parameter;
    private final String description;

    Option(String parameter, String description) {
        this.flag = "--" + name().toLowerCase(Locale.ROOT).replace('_', '-');
        this.parameter = parameter;
        this.description = description;
    }

    /** As it is written on the command line. */
    String flag() {
        return flag;
    }

    /** Whether a value follows. */
    boolean takesValue() {
        return !parameter.isEmpty();
    }

    /** What help calls the value; empty if there is none. */
    String parameter() {
        return parameter;
    }

    String description() {
        return description;
    }
}
