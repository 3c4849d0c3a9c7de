package dev.berth.registry.image.recording;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Answers by request, in an order that does not depend on which client was faster. What is asked again and again is answered in
 * the order that was recorded, and then as it was last. Safe for use by several threads.
 */
final class Exchanges {

    private final TreeMap<RecordedRequest, List<RecordedAnswer>> answers = new TreeMap<>();
    private final Map<RecordedRequest, Integer> asked = new TreeMap<>();
    private final Set<RecordedRequest> renewed = new TreeSet<>();

    Exchanges(List<RecordedExchange> exchanges) {
        for (RecordedExchange exchange : exchanges) {
            answers(exchange.request()).add(exchange.answer());
        }
    }

    private List<RecordedAnswer> answers(RecordedRequest request) {
        return answers.computeIfAbsent(request, key -> new ArrayList<>());
    }

    /** Adds what was answered just now. The first time that something is asked, what was answered before is forgotten. */
    synchronized void renew(RecordedExchange exchange) {
        if (renewed.add(exchange.request())) {
            answers(exchange.request()).clear();
        }
        answers(exchange.request()).add(exchange.answer());
    }

    /** What has been neither answered nor renewed. */
    synchronized List<RecordedRequest> unused() {
        return answers.keySet().stream()
                .filter(request -> !asked.containsKey(request) && !renewed.contains(request))
                .toList();
    }

    /** The answer whose turn it is. */
    synchronized Optional<RecordedAnswer> next(RecordedRequest request) {
        List<RecordedAnswer> recorded = answers.getOrDefault(request, List.of());
        if (recorded.isEmpty()) {
            return Optional.empty();
        }
        int turn = asked.merge(request, 1, Integer::sum);
        return Optional.of(recorded.get(Math.min(turn, recorded.size()) - 1));
    }

    /** An answer, which keeps its turn. */
    synchronized Optional<RecordedAnswer> peek(RecordedRequest request) {
        return answers.getOrDefault(request, List.of()).stream().findFirst();
    }

    synchronized List<RecordedRequest> requests() {
        return List.copyOf(answers.keySet());
    }

    /** All of them; of answers that are the same to the end, the first alone. */
    synchronized List<RecordedExchange> all() {
        List<RecordedExchange> all = new ArrayList<>();
        answers.forEach((request, recorded) -> {
            int end = recorded.size();
            while (end > 1 && recorded.get(end - 1).equals(recorded.get(end - 2))) {
                end--;
            }
            recorded.subList(0, end).forEach(answer -> all.add(new RecordedExchange(request, answer)));
        });
        return all;
    }
}
