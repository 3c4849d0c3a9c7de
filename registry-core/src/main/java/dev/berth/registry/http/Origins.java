package dev.berth.registry.http;

import dev.berth.registry.event.Origin;
import dev.berth.registry.http.HttpOptions.LocationStyle;
import java.util.Optional;

/** Says of a request, to those who listen to events, who made it. */
final class Origins {

    /** More than any client calls itself. */
    private static final int LONGEST_AGENT = 512;

    private Origins() {}

    static Origin of(RegistryRequest request, LocationStyle style) {
        String agent = request.headers().first("User-Agent").orElse("");
        return new Origin(
                Optional.of(request.caller().name()).filter(name -> !name.isEmpty()),
                Optional.of(new Origin.Request(
                        request.id(),
                        request.connection().remoteAddress(),
                        style.origin(request),
                        request.method(),
                        agent.length() <= LONGEST_AGENT ? agent : agent.substring(0, LONGEST_AGENT))));
    }
}
