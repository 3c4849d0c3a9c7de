package dev.berth.standalone.config;

import dev.berth.registry.storage.file.Durability;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What each option of the command line does. */
final class Flags {

    private Flags() {}

    /** Whether an option says where content is kept, whatever else was configured. */
    static boolean chooseStorage(Arguments arguments) {
        return arguments.options().containsKey(Option.DATA)
                || arguments.options().containsKey(Option.MEMORY);
    }

    static void apply(Arguments arguments, Draft draft) {
        for (Map.Entry<Option, String> given : arguments.options().entrySet()) {
            Option option = given.getKey();
            apply(option, new Value("", given.getValue(), option.flag(), false), draft);
        }
    }

    private static void apply(Option option, Value value, Draft draft) {
        switch (option) {
            case PORT -> draft.address = draft.address.withPort(port(value));
            case HOST -> draft.address = draft.address.withHost(host(value));
            case DATA -> draft.directory = Optional.of(value.directory());
            case MEMORY -> draft.directory = Optional.empty();
            case DELETE -> draft.deletes = true;
            case NO_DELETE -> draft.deletes = false;
            case ALLOW_MISSING_REFERENCES -> draft.anyReferences = true;
            case HTPASSWD -> draft.security.htpasswd = Optional.of(value.file());
            case POLICY -> draft.security.policy = Optional.of(value.file());
            case TOKENS -> draft.security.ownTokens = true;
            case TLS_CERT -> draft.security.certificate = Optional.of(value.file());
            case TLS_KEY -> draft.security.key = Optional.of(value.file());
            case COLLECT_EVERY -> draft.collectEvery = Optional.of(longerThanZero(value));
            case COLLECT_GRACE -> draft.collectGrace = Optional.of(value.duration());
            case COLLECT_UNTAGGED -> draft.collectUntagged = Optional.of(value.duration());
            case WEBHOOK -> draft.notifications.addUrl(value);
            case MANAGEMENT -> {
                draft.management.address = Optional.of(new ListenAddress(ListenAddress.LOOPBACK, port(value)));
                draft.management.metrics = true;
            }
            case LOG_FORMAT -> draft.jsonLog = Settings.isJson(value);
            case RULES -> draft.housekeeping.rules(value);
            case LIMITS -> draft.housekeeping.limits(value);
            case IMMUTABLE_TAGS -> draft.housekeeping.immutableTags(value);
            case READ_ONLY_WHILE -> draft.housekeeping.readOnlyWhile = Optional.of(value.file());
            case FAST -> draft.durability = Durability.FAST;
            case LOG_LEVEL -> draft.logLevel = LogLevels.parse(value);
        }
    }

    static Duration longerThanZero(Value value) {
        Duration duration = value.duration();
        if (duration.toMillis() < 1) {
            throw value.wrong("longer than zero, such as 24h");
        }
        return duration;
    }

    private static int port(Value value) {
        int port = value.number(0);
        if (port > 65535) {
            throw value.wrong("a port from 0 to 65535");
        }
        return port;
    }

    private static String host(Value value) {
        String host = value.text();
        boolean brackets = host.startsWith("[") && host.endsWith("]");
        if (host.isBlank()) {
            throw value.wrong("a host name or address; 0.0.0.0 is all of them");
        }
        return brackets ? host.substring(1, host.length() - 1) : host;
    }
}
