package dev.berth.registry.image.recording;

import dev.berth.registry.Digest;
import dev.berth.registry.Tag;
import dev.berth.registry.http.Headers;
import dev.berth.registry.http.Route;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares two recordings, request by request. */
final class Differences {

    private final Set<Difference> found = new LinkedHashSet<>();

    private Differences() {}

    static List<Difference> between(List<RecordedExchange> before, List<RecordedExchange> after) {
        Differences differences = new Differences();
        Map<RecordedRequest, List<RecordedAnswer>> old = byRequest(before);
        Map<RecordedRequest, List<RecordedAnswer>> now = byRequest(after);
        Set<RecordedRequest> all = new TreeSet<>(old.keySet());
        all.addAll(now.keySet());
        for (RecordedRequest request : all) {
            differences.compare(request, old.getOrDefault(request, List.of()), now.getOrDefault(request, List.of()));
        }
        return List.copyOf(differences.found);
    }

    private static Map<RecordedRequest, List<RecordedAnswer>> byRequest(List<RecordedExchange> exchanges) {
        Map<RecordedRequest, List<RecordedAnswer>> byRequest = new TreeMap<>();
        for (RecordedExchange exchange : exchanges) {
            byRequest
                    .computeIfAbsent(exchange.request(), key -> new ArrayList<>())
                    .add(exchange.answer());
        }
        return byRequest;
    }

    private void compare(RecordedRequest request, List<RecordedAnswer> before, List<RecordedAnswer> after) {
        if (before.isEmpty()) {
            found.add(new Difference.Added(new RecordedExchange(request, after.get(0))));
            return;
        }
        if (after.isEmpty()) {
            found.add(new Difference.Removed(new RecordedExchange(request, before.get(0))));
            return;
        }
        if (before.size() != after.size()) {
            found.add(new Difference.TurnsChanged(request, before.size(), after.size()));
        }
        for (int i = 0; i < Math.min(before.size(), after.size()); i++) {
            compare(request, before.get(i), after.get(i));
        }
    }

    private void compare(RecordedRequest request, RecordedAnswer before, RecordedAnswer after) {
        Optional<Difference> moved = moved(request, before, after);
        if (moved.isPresent()) {
            found.add(moved.get());
            return;
        }
        if (before.status() != after.status()) {
            found.add(new Difference.StatusChanged(request, before.status(), after.status()));
            return;
        }
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        before.headers().forEach((name, value) -> names.add(name));
        after.headers().forEach((name, value) -> names.add(name));
        for (String name : names) {
            Optional<String> old = value(before.headers(), name);
            Optional<String> now = value(after.headers(), name);
            if (!old.equals(now)) {
                found.add(new Difference.HeaderChanged(request, name, old, now));
            }
        }
        if (!before.body().equals(after.body())) {
            found.add(new Difference.BodyChanged(request, before.body(), after.body()));
        }
    }

    private static Optional<String> value(Headers headers, String name) {
        List<String> all = headers.all(name);
        return all.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", all));
    }

    private static Optional<Difference> moved(RecordedRequest request, RecordedAnswer before, RecordedAnswer after) {
        boolean read = request.method().equals("GET") || request.method().equals("HEAD");
        if (!read
                || !(Route.parse(request.path()) instanceof Route.Manifest manifest)
                || !(manifest.reference() instanceof Tag tag)) {
            return Optional.empty();
        }
        Optional<Digest> old = digest(before);
        Optional<Digest> now = digest(after);
        return old.isPresent() && now.isPresent() && !old.equals(now)
                ? Optional.of(new Difference.TagMoved(manifest.name(), tag, old.get(), now.get()))
                : Optional.empty();
    }

    private static Optional<Digest> digest(RecordedAnswer answer) {
        if (answer.status() != 200) {
            return Optional.empty();
        }
        return answer.headers()
                .first("Docker-Content-Digest")
                .map(Digest::parse)
                .or(() -> answer.body() instanceof RecordedBody.Content content
                        ? Optional.of(content.digest())
                        : Optional.empty());
    }
}
