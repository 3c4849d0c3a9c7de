package dev.berth.registry.auth.htpasswd;

import dev.berth.registry.http.Caller;
import dev.berth.registry.http.auth.PasswordAttempt;
import dev.berth.registry.http.auth.Users;
import dev.berth.registry.http.auth.Verdict;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Users and their passwords in a file as Apache's {@code htpasswd -B} writes it, which Docker's registry reads as well.
 *
 * <pre>{@code
 * Htpasswd users = Htpasswd.open(Path.of("/etc/registry/htpasswd"));
 * RegistryServer.builder().filter(new AuthFilter(new BasicAuthenticator("Registry", users, AccessPolicy.usersMayAll())));
 * }</pre>
 *
 * <p>A change of the file is seen within about a second, without a gap: a file that is just being written is waited for, and
 * of one with broken lines the others count. bcrypt is slow on purpose. It runs on a few threads of its own, and a password that
 * was right is known for some minutes, so that pulling an image of 30 layers costs it once. Whoever does not exist takes as
 * long as whoever does. Safe for use by several threads; closing it ends its threads.
 */
public final class Htpasswd implements Users, AutoCloseable {

    private static final Duration LATER = Duration.ofSeconds(1);
    private static final int MOST_WAITING = 1000;

    private final HtpasswdFile file;
    private final RememberedPasswords remembered;
    private final ThreadPoolExecutor threads;
    private final ConcurrentMap<ByteBuffer, CompletableFuture<Verdict>> running = new ConcurrentHashMap<>();

    private Htpasswd(HtpasswdFile file, RememberedPasswords remembered) {
        this.file = file;
        this.remembered = remembered;
        int processors = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        this.threads = new ThreadPoolExecutor(
                processors, processors, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING), work -> {
                    Thread thread = new Thread(work, "berth-passwords");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * Reads a file.
     *
     * @throws IOException if there is none, or it cannot be read. Lines that cannot be used are logged, and listed by {@link
     *     #problems}
     */
    public static Htpasswd open(Path path) throws IOException {
        return open(path, HtpasswdOptions.defaults());
    }

    /** Reads a file as the options say. */
    public static Htpasswd open(Path path, HtpasswdOptions options) throws IOException {
        return open(path, options, Clock.systemUTC());
    }

    /** Reads a file by a clock of the caller's, for tests. */
    public static Htpasswd open(Path path, HtpasswdOptions options, Clock clock) throws IOException {
        return new Htpasswd(
                new HtpasswdFile(path, options.weakHashes(), clock),
                new RememberedPasswords(options.remember(), clock));
    }

    /** The lines of the file, as it is now, that cannot be used. */
    public List<HtpasswdProblem> problems() {
        return file.entries().problems();
    }

    /** How many users there are. */
    public int size() {
        return file.entries().entries().size();
    }

    @Override
    public Optional<String> revision(String name) {
        return file.entries().find(name).map(HtpasswdEntries.Entry::revision);
    }

    @Override
    public CompletionStage<Verdict> check(PasswordAttempt attempt) {
        HtpasswdEntries entries = file.entries();
        Optional<HtpasswdEntries.Entry> entry = entries.find(attempt.name());
        String revision = entry.map(HtpasswdEntries.Entry::revision).orElse("");
        ByteBuffer mark = remembered.mark(attempt.name(), attempt.password(), revision);
        if (entry.isPresent() && remembered.contains(mark)) {
            return CompletableFuture.completedFuture(new Verdict.Right(Caller.named(attempt.name())));
        }
        CompletableFuture<Verdict> mine = new CompletableFuture<>();
        CompletableFuture<Verdict> same = running.putIfAbsent(mark, mine);
        if (same != null) {
            return same;
        }
        PasswordHash hash = entry.map(HtpasswdEntries.Entry::hash).orElse(entries.stranger());
        try {
            threads.execute(() -> hash(attempt, hash, entry.isPresent(), mark, mine));
        } catch (RejectedExecutionException e) {
            running.remove(mark);
            mine.complete(new Verdict.Later(LATER));
        }
        return mine;
    }

    @SuppressWarnings("CatchingUnchecked") // Whoever waits has to be told, whatever it was.
    private void hash(
            PasswordAttempt attempt,
            PasswordHash hash,
            boolean known,
            ByteBuffer mark,
            CompletableFuture<Verdict> waiting) {
        try {
            boolean right = hash.matches(attempt.password()) && known;
            if (right) {
                remembered.add(mark);
            }
            running.remove(mark);
            waiting.complete(right ? new Verdict.Right(Caller.named(attempt.name())) : new Verdict.Wrong());
        } catch (RuntimeException e) {
            running.remove(mark);
            waiting.completeExceptionally(e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        running.values().forEach(waiting -> waiting.complete(new Verdict.Later(LATER)));
    }
}
