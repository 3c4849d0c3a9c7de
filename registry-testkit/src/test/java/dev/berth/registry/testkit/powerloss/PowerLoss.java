package dev.berth.registry.testkit.powerloss;

import dev.berth.registry.testkit.powerloss.DiskJournal.Entry;
import dev.berth.registry.testkit.powerloss.DiskJournal.Force;
import dev.berth.registry.testkit.powerloss.DiskJournal.Node;
import dev.berth.registry.testkit.powerloss.DiskJournal.Rename;
import dev.berth.registry.testkit.powerloss.DiskJournal.Step;
import dev.berth.registry.testkit.powerloss.DiskJournal.Write;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

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

    /** Makes of {@code target}, which is not there yet, what is left of the directory if power fails after {@code done} steps. */
    public void leave(Path target, int done, Fate fate, long seed) throws IOException {
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
        Files.createDirectories(target);
        write(journal.top(), target, names, contents);
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

    private static void write(
            Node directory, Path target, Map<Node, Map<String, Node>> names, Map<Node, byte[]> contents)
            throws IOException {
        for (Map.Entry<String, Node> entry :
                names.getOrDefault(directory, Map.of()).entrySet()) {
            Path path = target.resolve(entry.getKey());
            Node node = entry.getValue();
            if (node.directory) {
                Files.createDirectory(path);
                write(node, path, names, contents);
            } else {
                Files.write(path, contents.getOrDefault(node, new byte[0]));
            }
        }
    }
}
