package dev.berth.registry.engine;

import dev.berth.registry.Digest;
import dev.berth.registry.storage.Visitor;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which manifests keep which others: an index those that it names, a subject its referrers, a referrer its subject. Those that
 * keep each other make a group, and groups have an order: what keeps something comes before what it keeps. Within a group a subject
 * comes before its referrers, so that whatever ends a deletion there leaves no subject without them, and an index before what it
 * names.
 */
final class Keepers {

    private final Map<Digest, Set<Digest>> keepers = new HashMap<>();
    private final Map<Digest, Digest> subjects = new HashMap<>();
    private final DigestSet shown = new DigestSet();

    void add(Digest kept, Digest keeper) {
        if (!kept.equals(keeper)) {
            keepers.computeIfAbsent(kept, key -> new LinkedHashSet<>(2)).add(keeper);
        }
    }

    /** A subject keeps its referrers. Whether one keeps its subject too, because that is there, is another fact. */
    void addReferrer(Digest referrer, Digest subject) {
        add(referrer, subject);
        subjects.put(referrer, subject);
    }

    /** What keeps {@code digest}, if that stays itself. */
    Set<Digest> of(Digest digest) {
        return keepers.getOrDefault(digest, Set.of());
    }

    /** Shows the group of {@code digest}, after those that keep it; each group is shown once. */
    void groups(Digest digest, Visitor<List<Digest>> visitor) throws IOException {
        if (shown.contains(digest)) {
            return;
        }
        if (of(digest).isEmpty()) {
            shown.add(digest);
            visitor.visit(List.of(digest));
        } else {
            new Search(visitor).from(digest);
        }
    }

    /**
     * Finds groups as Tarjan's algorithm finds strongly connected components: in depth first, where a group is complete as soon
     * as nothing in it leads to what was found before it. Without recursion, since a chain of referrers can be long.
     */
    private final class Search {

        private final Visitor<List<Digest>> visitor;
        private final Map<Digest, Place> places = new HashMap<>();
        private final Deque<Place> path = new ArrayDeque<>();
        private final Deque<Place> open = new ArrayDeque<>();

        Search(Visitor<List<Digest>> visitor) {
            this.visitor = visitor;
        }

        void from(Digest start) throws IOException {
            enter(start);
            while (!path.isEmpty()) {
                Place place = path.element();
                if (place.left.hasNext()) {
                    follow(place, place.left.next());
                } else {
                    leave(path.pop());
                }
            }
        }

        private void enter(Digest digest) {
            Place place = new Place(digest, places.size(), of(digest).iterator());
            places.put(digest, place);
            path.push(place);
            open.push(place);
        }

        private void follow(Place place, Digest keeper) {
            Place known = places.get(keeper);
            if (known != null) {
                place.lowest = Math.min(place.lowest, known.number);
            } else if (!shown.contains(keeper)) {
                enter(keeper);
            }
        }

        private void leave(Place place) throws IOException {
            if (!path.isEmpty()) {
                Place before = path.element();
                before.lowest = Math.min(before.lowest, place.lowest);
            }
            if (place.lowest == place.number) {
                List<Digest> group = new ArrayList<>();
                Place member;
                do {
                    member = open.pop();
                    // From now on whoever leads here leads to another group.
                    member.number = Integer.MAX_VALUE;
                    shown.add(member.digest);
                    group.add(member.digest);
                } while (member != place);
                visitor.visit(group.size() == 1 ? group : inOrder(group));
            }
        }
    }

    private List<Digest> inOrder(List<Digest> group) {
        List<Digest> ordered = new ArrayList<>(group.size());
        Set<Digest> left = new LinkedHashSet<>(group);
        Deque<Digest> free = new ArrayDeque<>();
        Map<Digest, List<Digest>> waiting = new HashMap<>();
        Map<Digest, Integer> before = new HashMap<>();
        for (Digest member : group) {
            for (Digest keeper : of(member)) {
                if (left.contains(keeper) && !member.equals(subjects.get(keeper))) {
                    waiting.computeIfAbsent(keeper, key -> new ArrayList<>()).add(member);
                    before.merge(member, 1, Integer::sum);
                }
            }
            if (!before.containsKey(member)) {
                free.add(member);
            }
        }
        while (!left.isEmpty()) {
            // Where each waits for another, a referrer does not wait for its subject: names alone go round in no
            // circle.
            Digest next = free.isEmpty() ? waitingForItsSubjectAlone(left, before) : free.remove();
            if (left.remove(next)) {
                ordered.add(next);
                for (Digest member : waiting.getOrDefault(next, List.of())) {
                    if (before.merge(member, -1, Integer::sum) == 0) {
                        free.add(member);
                    }
                }
            }
        }
        return ordered;
    }

    private Digest waitingForItsSubjectAlone(Set<Digest> left, Map<Digest, Integer> before) {
        return left.stream()
                .filter(member -> before.getOrDefault(member, 0) == 1 && left.contains(subjects.get(member)))
                .findFirst()
                .orElseThrow();
    }

    private static final class Place {

        private final Digest digest;
        private final Iterator<Digest> left;
        private int number;
        private int lowest;

        Place(Digest digest, int number, Iterator<Digest> left) {
            this.digest = digest;
            this.number = number;
            this.lowest = number;
            this.left = left;
        }
    }
}
