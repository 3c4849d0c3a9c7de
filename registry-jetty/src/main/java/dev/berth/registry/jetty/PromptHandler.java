package dev.berth.registry.jetty;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;

/**
 * Lets the thread that reads from the sockets answer what takes no time, and hands all else to another one: to change threads
 * costs more than all the rest of the answer to a small {@code GET}.
 *
 * <p>For handlers that wait for nothing but a disk. While that is slow, as a network's may be, requests change threads, so that
 * nobody waits for another one's file for long.
 */
final class PromptHandler extends Handler.Wrapper {

    /** Some times what changing threads costs. */
    private static final long SLOW_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    /** How many answers count, roughly. One alone, however slow, does not make the average slow. */
    private static final int COUNTED = 64;

    /** How long answers took of late. An update that gets lost to another does not matter. */
    private volatile long averageNanos;

    private final BooleanSupplier prompt;

    /** @param prompt whether {@code handler} waits for nothing but a disk, as things are now */
    PromptHandler(Handler handler, BooleanSupplier prompt) {
        super(handler);
        this.prompt = prompt;
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Runnable exchange = () -> pass(request, response, callback);
        if (averageNanos > SLOW_NANOS || !isSmall(request) || !prompt.getAsBoolean()) {
            request.getComponents().getExecutor().execute(exchange);
        } else {
            Invocable.invokeNonBlocking(exchange);
        }
        return true;
    }

    private void pass(Request request, Response response, Callback callback) {
        long start = System.nanoTime();
        try {
            if (!super.handle(request, response, callback)) {
                Response.writeError(request, response, callback, 404);
            }
        } catch (Exception e) {
            Response.writeError(request, response, callback, e);
        }
        if (isSmall(request)) {
            long nanos = Math.min(System.nanoTime() - start, COUNTED * SLOW_NANOS);
            long average = averageNanos;
            averageNanos = average + (nanos - average) / COUNTED;
        }
    }

    /** Whether it asks for one manifest or blob, or for nothing, and not for a list that may have to be put together. */
    private static boolean isSmall(Request request) {
        String method = request.getMethod();
        String path = request.getHttpURI().getPath();
        if (path == null || !(method.equals("GET") || method.equals("HEAD"))) {
            return false;
        }
        int last = path.lastIndexOf('/');
        return endsAt(path, last, "/manifests") || endsAt(path, last, "/blobs") || path.equals("/v2/");
    }

    private static boolean endsAt(String path, int end, String word) {
        return path.startsWith(word, end - word.length());
    }
}
