package dev.berth.registry.testkit.powerloss;

import dev.berth.registry.testkit.powerloss.DiskJournal.Entry;
import dev.berth.registry.testkit.powerloss.DiskJournal.Force;
import dev.berth.registry.testkit.powerloss.DiskJournal.Node;
import dev.berth.registry.testkit.powerloss.DiskJournal.Rename;
import dev.berth.registry.testkit.powerloss.DiskJournal.Step;
import dev.berth.registry.testkit.powerloss.DiskJournal.Write;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a power cut may leave. */
public final class PowerLoss {

    /** What becomes of what was not forced. */
    public enum Fate {
        /** All of it is lost. */
        LOST,
        /** All of it is kept, as when only the process dies. */
        KEPT,
        /** The names are kept, and bytes are zeros. */
        ZEROS,
        /** Some of it is lost, some kept, and some bytes are others. */
        CHANCE
    }

    private final DiskJournal journal;
    private final List<Step> steps;
    private final int[] durableAt;

    PowerLoss(DiskJournal journal) {
        this.journal = journal;
        this.steps = journal.steps();
        this.durableAt = durableAt(steps);
    }

    /** For each step, how many steps have to be done until nothing can undo it. */
    private static int[] durableAt(List<Step> steps) {
        int[] durableAt = new int[steps.size()];
        Map<Node, Integer> forcedAt = new IdentityHashMap<>();
        for (int i = steps.size() - 1; i >= 0; i--) {
            if (steps.get(i) instanceof Force force) {
                forcedAt.put(force.node(), i + 1);
            }
            durableAt[i] = Integer.MAX_VALUE;
            for (Node witness : steps.get(i).witnesses()) {
                durableAt[i] = Math.min(durableAt[i], forcedAt.getOrDefault(witness, Integer.MAX_VALUE));
            }
        }
        return durableAt;
    }

    /** How many steps there are to be cut off after. */
    public int steps() {
        return steps.size();
    }

    /** What is left of the directory if power fails after {@code done} steps. */
    public Remains after(int done, Fate fate, long seed) {
        Random random = new Random(seed);
        Map<Node, Map<String, Node>> names = new IdentityHashMap<>();
        Map<Node, byte[]> contents = new IdentityHashMap<>();
        for (int i = 0; i < done; i++) {
            boolean durable = durableAt[i] <= done;
            boolean kept = durable || fate == Fate.KEPT || (fate == Fate.CHANCE && random.nextBoolean());
            if (steps.get(i) instanceof Rename rename && (kept || fate == Fate.ZEROS)) {
                rename.entries().forEach(entry -> apply(entry, names));
            } else if (steps.get(i) instanceof Write write && (kept || fate == Fate.ZEROS)) {
                boolean exact = durable || fate == Fate.KEPT || (fate == Fate.CHANCE && random.nextInt(3) > 0);
                apply(write, exact, random, fate, contents);
            }
        }
        SortedMap<String, Optional<ByteBuffer>> entries = new TreeMap<>();
        collect(journal.top(), "", names, contents, entries);
        return new Remains(entries);
    }

    private static void apply(Entry entry, Map<Node, Map<String, Node>> names) {
        Map<String, Node> directory = names.computeIfAbsent(entry.directory(), node -> new HashMap<>());
        if (entry.node() == null) {
            directory.remove(entry.name());
        } else {
            directory.put(entry.name(), entry.node());
        }
    }

    private static void apply(Write write, boolean exact, Random random, Fate fate, Map<Node, byte[]> contents) {
        byte[] before = contents.getOrDefault(write.file(), new byte[0]);
        if (write.bytes() == null) {
            contents.put(write.file(), Arrays.copyOf(before, (int) write.position()));
            return;
        }
        byte[] bytes = write.bytes().clone();
        if (!exact && fate == Fate.ZEROS) {
            Arrays.fill(bytes, (byte) 0);
        } else if (!exact) {
            int from = random.nextInt(bytes.length + 1);
            Arrays.fill(bytes, from, bytes.length, (byte) random.nextInt());
        }
        byte[] after = Arrays.copyOf(before, (int) Math.max(before.length, write.position() + bytes.length));
        System.arraycopy(bytes, 0, after, (int) write.position(), bytes.length);
        contents.put(write.file(), after);
    }

    private static void collect(
            Node directory,
            String prefix,
            Map<Node, Map<String, Node>> names,
            Map<Node, byte[]> contents,
            Map<String, Optional<ByteBuffer>> entries) {
        names.getOrDefault(directory, Map.of()).forEach((name, node) -> {
            String path = prefix + name;
            if (node.directory) {
                entries.put(path, Optional.empty());
                collect(node, path + "/", names, contents, entries);
            } else {
                entries.put(path, Optional.of(ByteBuffer.wrap(contents.getOrDefault(node, new byte[0]))));
            }
        });
    }
}
