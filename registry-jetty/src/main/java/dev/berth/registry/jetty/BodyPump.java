package dev.berth.registry.jetty;

import dev.berth.registry.http.ConnectionCutException;
import dev.berth.registry.http.ConnectionCutException.Cut;
import dev.berth.registry.http.ResponseBody;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.QuietException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a body piece by piece: hands one to the socket, and goes on when the socket has taken it. If reading fails midway Jetty
 * aborts the connection, so that no client takes a part for the whole.
 */
final class BodyPump extends IteratingCallback {

    /** Smaller buffers cost system calls; larger ones gain nothing and fall out of the processor's cache. */
    static final int BUFFER_SIZE = 128 << 10;

    /** Less than this is copied faster, together with the header fields, than it is sent on its own. */
    static final int LARGE = 64 << 10;

    private static final Logger LOG = LoggerFactory.getLogger(BodyPump.class);

    private final ResponseBody body;
    private final Response response;
    private final Callback callback;
    private final BodyPieces pieces;
    private @Nullable DirectEndPoint onSender;
    private long position;

    private BodyPump(ResponseBody body, Response response, Callback callback, BodyPieces pieces) {
        this.body = body;
        this.response = response;
        this.callback = callback;
        this.pieces = pieces;
    }

    /**
     * Sends {@code body} and completes {@code callback}; closes the body, whatever happens.
     *
     * @param prompt whether bodies wait for nothing but a disk, as things are now
     */
    static void send(ResponseBody body, Response response, Callback callback, BooleanSupplier prompt) {
        Optional<ByteBuffer> bytes = body.inMemory();
        if (bytes.isPresent() || body.length() == 0) {
            ByteBuffer all = bytes.orElse(BufferUtil.EMPTY_BUFFER);
            // The request is over when all who watched the body know: a server that ends waits for that.
            response.write(true, all, Callback.from(() -> close(body), callback));
            return;
        }
        Request request = response.getRequest();
        ByteBufferPool pool = request.getComponents().getByteBufferPool();
        DirectEndPoint socket = body.length() < LARGE ? null : DirectEndPoint.under(request);
        Optional<BodySource> file =
                socket == null ? Optional.empty() : body.inFile().map(part -> new BodySource.InFile(body, part));
        if (socket != null && prompt.getAsBoolean()) {
            BodySource source = file.orElseGet(() -> new BodySource.Read(body, pool));
            BodyPump pump = new BodyPump(body, response, callback, BodyPieces.direct(body, source, socket));
            if (pump.beginOnSender(socket)) {
                return;
            }
        }
        BodyPieces pieces = socket != null && file.isPresent()
                ? BodyPieces.direct(body, file.get(), socket)
                : BodyPieces.copied(body, pool);
        BodyPump pump = new BodyPump(body, response, callback, pieces);
        if (body.length() >= LARGE && Invocable.isNonBlockingInvocation()) {
            // The disk may have to be waited for again and again, on a thread that others need.
            request.getComponents().getExecutor().execute(pump::iterate);
        } else {
            pump.iterate();
        }
    }

    private boolean beginOnSender(DirectEndPoint socket) {
        onSender = socket;
        return socket.enterSender(this::iterate);
    }

    @Override
    protected Action process() throws IOException {
        if (position == body.length()) {
            return Action.SUCCEEDED;
        }
        ByteBuffer piece;
        try {
            piece = pieces.next(position);
        } catch (ConnectionCutException e) {
            if (e.cut() == Cut.RESET_UNANSWERED || response.isCommitted()) {
                throw e;
            }
            // The head goes out, and the next piece is asked for again.
            response.write(false, BufferUtil.EMPTY_BUFFER, this);
            return Action.SCHEDULED;
        }
        position += piece.remaining();
        response.write(position == body.length(), piece, this);
        return Action.SCHEDULED;
    }

    @Override
    protected void onSuccess() {}

    @Override
    protected void onCompleteSuccess() {
        end();
        callback.succeeded();
    }

    @Override
    protected void onCompleteFailure(Throwable cause) {
        end();
        if (cause instanceof ConnectionCutException cut && cut.cut() != Cut.END) {
            Connections.reset(response.getRequest());
        }
        // What a test has asked for is no news to whoever reads the log.
        callback.failed(cause instanceof ConnectionCutException ? new QuietException.Exception(cause) : cause);
    }

    private void end() {
        if (onSender != null) {
            onSender.leaveSender();
        }
        pieces.release();
        close(body);
    }

    private static void close(ResponseBody body) {
        try {
            body.close();
        } catch (IOException e) {
            LOG.warn("A body that was sent could not be closed", e);
        }
    }
}
