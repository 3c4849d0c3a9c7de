package dev.berth.registry.testkit.storage;

import static dev.berth.registry.testkit.storage.Samples.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** How a {@link dev.berth.registry.storage.MetadataStore} lists what is below a key. */
public abstract class MetadataListContract extends StorageContract {

    /** For subclasses. */
    protected MetadataListContract() {}

    @Test
    void childrenComeInTheOrderOfTheirCharactersCodes() throws IOException {
        for (String segment : List.of("b", "a", "a-b", "a.b", "B", "a_b", "10", "9", "ab", "_a", "~")) {
            put("tags/" + segment + "/current/link");
        }

        assertThat(metadata().children("tags", Optional.empty(), 100))
                .containsExactly("10", "9", "B", "_a", "a", "a-b", "a.b", "a_b", "ab", "b", "~");
    }

    @Test
    void aChildIsListedOnceHoweverMuchIsBelow() throws IOException {
        put("top/a/x/1");
        put("top/a/x/2");
        put("top/a/y");
        put("top/a-b/x");
        put("top/fact");
        put("top-level/other");

        assertThat(metadata().children("top", Optional.empty(), 100)).containsExactly("a", "a-b", "fact");
        assertThat(metadata().children("top/a", Optional.empty(), 100)).containsExactly("x", "y");
        assertThat(metadata().children("", Optional.empty(), 100)).contains("top", "top-level");
    }

    @Test
    void allChildrenAreShownOnceAlsoThoseThatGoMeanwhile() throws IOException {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 2500; i++) {
            expected.add("child-" + i);
            put("top/child-" + i + "/link");
        }
        put("top-level/other");

        List<String> shown = new ArrayList<>();
        metadata().forEachChild("top", child -> {
            shown.add(child);
            metadata().discard("top/" + child + "/link");
        });

        assertThat(shown).containsExactlyInAnyOrderElementsOf(expected);
        metadata().forEachChild("top", child -> assertThat(child).isNull());
        metadata().forEachChild("nowhere/at/all", child -> assertThat(child).isNull());
        metadata().forEachChild("top-level/other", child -> assertThat(child).isNull());
    }

    @Test
    void nothingIsBelowWhatIsNotThere() throws IOException {
        put("top/a/fact");

        assertThat(metadata().children("nowhere", Optional.empty(), 10)).isEmpty();
        assertThat(metadata().children("nowhere/at/all", Optional.empty(), 10)).isEmpty();
        assertThat(metadata().children("top/a/fact", Optional.empty(), 10)).isEmpty();
        assertThat(metadata().children("top/a/fact/below", Optional.empty(), 10))
                .isEmpty();
        assertThat(metadata().children("to", Optional.empty(), 10)).isEmpty();
    }

    @Test
    void aPageBeginsBehindWhatNeedNotExist() throws IOException {
        for (String segment : List.of("a", "a-b", "b", "d")) {
            put("tags/" + segment + "/link");
        }

        assertThat(metadata().children("tags", Optional.of(""), 2)).containsExactly("a", "a-b");
        assertThat(metadata().children("tags", Optional.of("a"), 2)).containsExactly("a-b", "b");
        assertThat(metadata().children("tags", Optional.of("a-b"), 2)).containsExactly("b", "d");
        assertThat(metadata().children("tags", Optional.of("c"), 2)).containsExactly("d");
        assertThat(metadata().children("tags", Optional.of("d"), 2)).isEmpty();
        assertThat(metadata().children("tags", Optional.of("not/a/segment"), 2)).isEmpty();
        assertThat(metadata().children("tags", Optional.of("a/z"), 1)).containsExactly("b");
        assertThat(metadata().children("tags", Optional.empty(), Integer.MAX_VALUE))
                .hasSize(4);
    }

    @Test
    void aChangeIsSeenAtOnce() throws IOException {
        for (int i = 0; i < 300; i++) {
            put("tags/t" + i + "/link");
        }
        for (int i = 0; i < 20; i++) {
            assertThat(all("tags")).hasSize(300);
            put("tags/new/link");
            assertThat(all("tags")).hasSize(301).contains("new");
            metadata().delete("tags/new/link");
        }
    }

    @Test
    void aDeletedChildComesBackWhenItHasAValueAgain() throws IOException {
        put("tags/a/current/link");
        put("tags/b/current/link");
        metadata().delete("tags/a/current/link");

        put("tags/a/current/link");

        assertThat(all("tags")).containsExactly("a", "b");
    }

    @RepeatedTest(3)
    void pagesTogetherAreAllThereIs() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        TreeMap<String, TreeSet<String>> model = new TreeMap<>();
        for (int i = 0; i < 150; i++) {
            StringBuilder key = new StringBuilder("root");
            for (int depth = 1 + random.nextInt(3); depth > 0; depth--) {
                String segment = segment(random);
                model.computeIfAbsent(key.toString(), k -> new TreeSet<>()).add(segment);
                key.append('/').append(segment);
            }
            // A leaf no other key goes through: it is longer than any segment above.
            model.computeIfAbsent(key.toString(), k -> new TreeSet<>()).add("leaf");
            put(key + "/leaf");
        }

        for (String parent : model.keySet()) {
            TreeSet<String> expected = model.get(parent);
            int limit = 1 + random.nextInt(5);
            assertThat(pages(parent, limit))
                    .as("seed %d, below %s, by %d", seed, parent, limit)
                    .containsExactlyElementsOf(expected);
            String after = segment(random);
            assertThat(metadata().children(parent, Optional.of(after), 1000))
                    .as("seed %d, below %s, after %s", seed, parent, after)
                    .containsExactlyElementsOf(expected.tailSet(after, false));
        }
    }

    @Test
    void whatIsThereAllTheTimeIsOnOnePageExactly() throws Exception {
        for (int i = 0; i < 50; i++) {
            put("tags/stays-" + i + "/link");
        }
        AtomicBoolean done = new AtomicBoolean();

        Race.between(
                () -> {
                    try {
                        for (int i = 0; i < 10; i++) {
                            assertThat(pages("tags", 7).stream().filter(s -> s.startsWith("stays-")))
                                    .hasSize(50)
                                    .doesNotHaveDuplicates();
                        }
                    } finally {
                        done.set(true);
                    }
                },
                () -> {
                    Random random = new Random(1);
                    while (!done.get()) {
                        String key = "tags/s" + random.nextInt(40) + "/link";
                        put(key);
                        metadata().delete(key);
                    }
                });
    }

    private static String segment(Random random) {
        String alphabet = "ab-.0_A";
        StringBuilder segment = new StringBuilder("s");
        for (int length = random.nextInt(3); length > 0; length--) {
            segment.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return segment.toString();
    }

    private void put(String key) throws IOException {
        metadata().put(key, text("value"));
    }

    private List<String> all(String parent) throws IOException {
        return metadata().children(parent, Optional.empty(), 100_000);
    }

    private List<String> pages(String parent, int limit) throws IOException {
        List<String> all = new ArrayList<>();
        List<String> page = metadata().children(parent, Optional.empty(), limit);
        while (!page.isEmpty()) {
            assertThat(page).hasSizeLessThanOrEqualTo(limit);
            all.addAll(page);
            page = metadata().children(parent, Optional.of(page.get(page.size() - 1)), limit);
        }
        return all;
    }
}
