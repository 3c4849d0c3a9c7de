package dev.berth.benchmarks.torture;

import dev.berth.registry.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;

/** A tag, and what it may point to by what was acknowledged. One client at a time changes it; any number look at it. */
final class TagCell {

    private final String repository;
    private final String tag;
    private final ReentrantLock lock;
    private volatile List<State> possible = List.of(State.ABSENT);

    /** @param lock is shared with the other tags of the same writer, who may put the same manifest under several */
    TagCell(String repository, String tag, ReentrantLock lock) {
        this.repository = repository;
        this.tag = tag;
        this.lock = lock;
    }

    /**
     * What a tag points to.
     *
     * @param referrers those that have been acknowledged since the tag came to point there
     */
    record State(Optional<Artifact> artifact, Queue<Artifact> referrers) {

        static final State ABSENT = new State(Optional.empty(), new ConcurrentLinkedQueue<>());

        static State of(Artifact artifact) {
            return new State(Optional.of(artifact), new ConcurrentLinkedQueue<>());
        }

        boolean is(Optional<Digest> digest) {
            return artifact.map(Artifact::digest).equals(digest);
        }
    }

    ReentrantLock lock() {
        return lock;
    }

    String repository() {
        return repository;
    }

    /** Where its manifest is. */
    String path() {
        return "/v2/" + repository + "/manifests/" + tag;
    }

    /** More than one if a request was cut off whose answer would have told. The list is the same object until that changes. */
    List<State> possible() {
        return possible;
    }

    /** Something is about to be asked for, and from now on may have happened. */
    void mayBecome(State state) {
        List<State> more = new ArrayList<>(possible);
        more.add(state);
        possible = List.copyOf(more);
    }

    /** Something was acknowledged, or seen. */
    void is(State state) {
        possible = List.of(state);
    }

    @Override
    public String toString() {
        return repository + ":" + tag;
    }
}
