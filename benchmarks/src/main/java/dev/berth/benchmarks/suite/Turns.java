package dev.berth.benchmarks.suite;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Lets those who are compared take turns, so that what disturbs the machine disturbs them all. */
public final class Turns {

    private final List<Turn> turns = new ArrayList<>();
    private Step beforeRound = () -> {};

    /** Has something done before each round, which is not measured. */
    public Turns beforeEachRound(Step step) {
        beforeRound = step;
        return this;
    }

    /** Adds one. */
    public Turns add(Turn turn) {
        turns.add(turn);
        return this;
    }

    /** As many rounds as the run has, each in the other direction than the one before, after one that does not count. */
    public Figures take(Bench bench) throws Exception {
        return take(bench.rounds(), bench.quick() ? 0 : 1);
    }

    /** {@code rounds} that count, after {@code warmups} that do not. */
    public Figures take(int rounds, int warmups) throws Exception {
        List<Turn> order = new ArrayList<>(turns);
        for (int i = 0; i < warmups; i++) {
            Figures forgotten = new Figures();
            round(order, forgotten);
        }
        Figures figures = new Figures();
        for (int i = 0; i < rounds; i++) {
            round(order, figures);
            Collections.reverse(order);
        }
        return figures;
    }

    private void round(List<Turn> order, Figures figures) throws Exception {
        beforeRound.run();
        for (Turn turn : order) {
            turn.take(figures);
        }
    }

    /** What has to be done first. */
    public interface Step {

        /** Does it. */
        void run() throws Exception;
    }

    /** One of those who are compared. */
    public interface Turn {

        /** Measures once. */
        void take(Figures figures) throws Exception;
    }
}
