package dev.berth.registry.recent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecentlyUsedTest {

    @Test
    void forgetsWhatWasNotUsedForLongest() {
        RecentlyUsed<String, Integer> map = new RecentlyUsed<>(2);
        map.put("a", 1);
        map.put("b", 2);

        map.get("a");
        map.put("c", 3);

        assertThat(map.get("a")).contains(1);
        assertThat(map.get("b")).isEmpty();
        assertThat(map.get("c")).contains(3);
    }

    @Test
    void aValueIsMadeOnceAndAnewWhenItWasForgotten() {
        RecentlyUsed<String, List<String>> map = new RecentlyUsed<>(1);
        List<String> first = map.get("a", ArrayList::new);

        assertThat(map.get("a", ArrayList::new)).isSameAs(first);
        map.get("b", ArrayList::new);
        assertThat(map.get("a", ArrayList::new)).isNotSameAs(first);
    }

    @Test
    void aKeyIsForgottenUnlessItHasAnotherValueByNow() {
        RecentlyUsed<String, Integer> map = new RecentlyUsed<>(2);
        map.put("a", 1);
        map.put("b", 2);

        map.remove("a", 1);
        map.remove("b", 1);

        assertThat(map.get("a")).isEmpty();
        assertThat(map.get("b")).contains(2);
    }

    @Test
    void keepsOneAtLeast() {
        assertThatThrownBy(() -> new RecentlyUsed<>(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not 0");
    }

    /** Beside a list, in which what was used last comes last. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 30})
    void doesWhatAListDoes(int most) {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        RecentlyUsed<Integer, Integer> map = new RecentlyUsed<>(most);
        List<Integer> order = new ArrayList<>();
        Map<Integer, Integer> values = new TreeMap<>();

        for (int i = 0; i < 5000; i++) {
            int key = random.nextInt(2 * most + 1);
            int value = i;
            Optional<Integer> known = order.contains(key) ? Optional.of(values.get(key)) : Optional.empty();
            boolean written = true;
            switch (random.nextInt(4)) {
                case 0 -> {
                    assertThat(map.get(key)).as("step %d, seed %d", i, seed).isEqualTo(known);
                    written = false;
                }
                case 1 -> {
                    int expected = known.orElse(value);
                    assertThat(map.get(key, () -> value))
                            .as("step %d, seed %d", i, seed)
                            .isEqualTo(expected);
                    values.put(key, expected);
                }
                case 2 -> {
                    map.put(key, value);
                    values.put(key, value);
                }
                default -> {
                    map.update(key, -1, before -> before + 10_000);
                    values.put(key, known.orElse(-1) + 10_000);
                }
            }
            if (order.remove((Integer) key) || written) {
                order.add(key);
            }
            if (order.size() > most) {
                order.remove(0);
            }
        }
        for (int key = 0; key <= 2 * most; key++) {
            Optional<Integer> expected = order.contains(key) ? Optional.of(values.get(key)) : Optional.empty();
            assertThat(map.get(key)).as("at the end, seed %d", seed).isEqualTo(expected);
        }
    }

    @Test
    void noUpdateIsLostWhereSeveralThreadsMakeThem() throws Exception {
        RecentlyUsed<String, Integer> map = new RecentlyUsed<>(2);
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                all.add(threads.submit(() -> {
                    start.await();
                    for (int i = 0; i < 10_000; i++) {
                        map.update("a", 0, before -> before + 1);
                        map.put("b", i);
                    }
                    return null;
                }));
            }
            start.countDown();
            for (Future<?> each : all) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(map.get("a")).contains(40_000);
    }
}
