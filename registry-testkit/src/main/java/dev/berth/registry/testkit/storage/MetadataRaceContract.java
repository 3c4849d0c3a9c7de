package dev.berth.registry.testkit.storage;

import static dev.berth.registry.testkit.storage.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What a {@link dev.berth.registry.storage.MetadataStore} promises to threads that work on the same keys. */
public abstract class MetadataRaceContract extends StorageContract {

    private static final int THREADS = 8;
    private static final String KEY = "repositories/team/app/_manifests/tags/v1/current/link";

    /** For subclasses. */
    protected MetadataRaceContract() {}

    @RepeatedTest(10)
    void oneOfManyCreates() throws Exception {
        List<Boolean> created = Race.of(THREADS, index -> metadata().create(KEY, text("value of " + index)));

        assertThat(created).containsOnlyOnce(true);
        assertThat(metadata().get(KEY)).contains(text("value of " + created.indexOf(true)));
    }

    @Test
    void replaceCounts() throws Exception {
        int times = 15;
        metadata().put(KEY, text("0"));

        Race.of(THREADS, index -> {
            for (int i = 0; i < times; ) {
                byte[] current = metadata().get(KEY).orElseThrow();
                int next = Integer.parseInt(new String(current, StandardCharsets.US_ASCII)) + 1;
                if (metadata().replace(KEY, current, text(Integer.toString(next)))) {
                    i++;
                }
            }
            return index;
        });

        assertThat(metadata().get(KEY)).contains(text(Integer.toString(THREADS * times)));
    }

    @RepeatedTest(10)
    void oneOfManyDeletes() throws Exception {
        metadata().put(KEY, text("value"));

        List<Boolean> deleted = Race.of(THREADS, index -> metadata().delete(KEY));

        assertThat(deleted).containsOnlyOnce(true);
        assertThat(metadata().contains(KEY)).isFalse();
    }

    @RepeatedTest(10)
    void aPutIsNeverLostToAReplace() throws Exception {
        metadata().put(KEY, text("before"));

        Race.between(
                () -> metadata().replace(KEY, text("before"), text("replaced")),
                () -> metadata().put(KEY, text("put")));

        assertThat(metadata().get(KEY)).contains(text("put"));
    }

    @RepeatedTest(10)
    void aDeleteIsNeverLostToAReplace() throws Exception {
        metadata().put(KEY, text("before"));

        Race.between(() -> metadata().replace(KEY, text("before"), text("replaced")), () -> {
            assertThat(metadata().delete(KEY)).isTrue();
        });

        assertThat(metadata().get(KEY)).isEmpty();
    }

    @Test
    void aValueIsReadWhole() throws Exception {
        byte[] small = text("small");
        byte[] large = text("large ".repeat(1000));
        metadata().put(KEY, small);
        AtomicBoolean done = new AtomicBoolean();

        Race.between(
                () -> {
                    try {
                        for (int i = 0; i < 100; i++) {
                            metadata().put(KEY, i % 2 == 0 ? large : small);
                        }
                    } finally {
                        done.set(true);
                    }
                },
                () -> {
                    while (!done.get()) {
                        assertThat(metadata().get(KEY).orElseThrow()).isIn(small, large);
                    }
                });
    }

    @Test
    void aValueThatIsJustBeingCreatedIsAbsentOrWhole() throws Exception {
        byte[] large = text("large ".repeat(1000));
        AtomicBoolean done = new AtomicBoolean();

        Race.between(
                () -> {
                    try {
                        for (int i = 0; i < 50; i++) {
                            assertThat(metadata().create(KEY, large)).isTrue();
                            assertThat(metadata().delete(KEY)).isTrue();
                        }
                    } finally {
                        done.set(true);
                    }
                },
                () -> {
                    while (!done.get()) {
                        Optional<byte[]> value = metadata().get(KEY);
                        assertThat(value.isEmpty() || Arrays.equals(value.get(), large))
                                .isTrue();
                    }
                });
    }

    /** Where keys are paths, a delete may remove the very directories that a put is about to use. */
    @Test
    void deletesDoNotGetInTheWayOfPutsBesideThem() throws Exception {
        Race.of(THREADS, index -> {
            for (int i = 0; i < 25; i++) {
                String key = "shared/parents/of/all/" + (i % 3) + "/thread-" + index;
                putAndDelete(key, i);
            }
            return index;
        });
    }

    private void putAndDelete(String key, int round) throws IOException {
        byte[] value = text("round " + round);
        if (round % 2 == 0) {
            metadata().put(key, value);
        } else {
            assertThat(metadata().create(key, value)).isTrue();
        }
        assertThat(metadata().get(key)).contains(value);
        assertThat(metadata().delete(key)).isTrue();
        assertThat(metadata().contains(key)).isFalse();
    }
}
