package dev.berth.registry.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.event.RegistryEvent.BlobDeleted;
import dev.berth.registry.layer.Content;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EventsTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final Events events = new Events();
    private final List<RegistryEvent> told = new ArrayList<>();

    @Test
    void aListenerIsToldInOrderBeforePublishReturns() {
        events.subscribe(told::add);

        events.publish(event("a"));
        assertThat(told).containsExactly(event("a"));
        events.publish(event("b"));
        assertThat(told).containsExactly(event("a"), event("b"));
    }

    @Test
    void aListenerWithABacklogIsToldByAnotherThread() throws Exception {
        List<Thread> threads = new ArrayList<>();
        Subscription subscription = events.subscribe(
                event -> {
                    threads.add(Thread.currentThread());
                    told.add(event);
                },
                10);

        events.publish(event("a"));
        events.publish(event("b"));
        subscription.close();

        assertThat(subscription.awaitEnd(LONG)).isTrue();
        assertThat(told).containsExactly(event("a"), event("b"));
        assertThat(threads).doesNotContain(Thread.currentThread());
    }

    @Test
    void whatDoesNotFitIntoTheBacklogIsDroppedAndCounted() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Subscription subscription = events.subscribe(
                event -> {
                    told.add(event);
                    busy.countDown();
                    await(go);
                },
                2);

        events.publish(event("a"));
        await(busy);
        for (String name : List.of("b", "c", "d", "e")) {
            events.publish(event(name));
        }
        go.countDown();
        subscription.close();

        assertThat(subscription.awaitEnd(LONG)).isTrue();
        assertThat(told).containsExactly(event("a"), event("b"), event("c"));
        assertThat(subscription.dropped()).isEqualTo(2);
    }

    @Test
    void aListenerThatThrowsHarmsNobody() throws Exception {
        Subscription broken = events.subscribe(event -> {
            throw new IllegalStateException("broken");
        });
        Subscription worse = events.subscribe(
                event -> {
                    throw new AssertionError("worse");
                },
                10);
        events.subscribe(told::add);

        events.publish(event("a"));
        events.publish(event("b"));
        worse.close();

        assertThat(told).hasSize(2);
        assertThat(broken.failed()).isEqualTo(2);
        assertThat(worse.awaitEnd(LONG)).isTrue();
        assertThat(worse.failed()).isEqualTo(2);
    }

    @Test
    void aSubscriptionEndsWhenItIsClosed() {
        Subscription subscription = events.subscribe(told::add);
        assertThat(events.wanted()).isTrue();

        subscription.close();
        subscription.close();

        assertThat(events.wanted()).isFalse();
        events.publish(event("a"));
        assertThat(told).isEmpty();
    }

    @Test
    void closingEndsAllSubscriptions() throws Exception {
        events.subscribe(told::add);
        Subscription queued = events.subscribe(told::add, 1);

        events.close();

        assertThat(events.wanted()).isFalse();
        assertThat(queued.awaitEnd(LONG)).isTrue();
    }

    @Test
    void aListenerMayCauseEventsItself() {
        events.subscribe(event -> {
            told.add(event);
            if (event.equals(event("a"))) {
                events.publish(event("b"));
                assertThat(told).as("it is told afterwards").containsExactly(event("a"));
            }
        });

        events.publish(event("a"));

        assertThat(told).containsExactly(event("a"), event("b"));
    }

    @Test
    void aListenerIsCalledByOneThreadAtATimeAndMissesNothing() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        events.subscribe(event -> {
            assertThat(inside.incrementAndGet()).isEqualTo(1);
            told.add(event);
            inside.decrementAndGet();
        });

        Content.race(8, number -> {
            for (int i = 0; i < 200; i++) {
                RegistryEvent event = event("r" + number + "-" + i);
                events.publish(event);
                assertThat(events.wanted()).isTrue();
            }
            return null;
        });

        assertThat(told).hasSize(1600).doesNotHaveDuplicates();
    }

    @Test
    void aBacklogHasRoom() {
        assertThatThrownBy(() -> events.subscribe(told::add, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 1");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static RegistryEvent event(String repository) {
        return new BlobDeleted(
                Instant.EPOCH, Origin.UNKNOWN, new RepositoryName(repository), Content.digest(repository));
    }
}
