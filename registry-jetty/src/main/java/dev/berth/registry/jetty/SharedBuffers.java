package dev.berth.registry.jetty;

import java.lang.ref.WeakReference;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.ByteBufferPool;

/**
 * The buffers of all servers in this JVM: of a thousand that rest between two requests each would keep its own. They are there as long as
 * somebody uses them: servers hold them, and this does not. Safe for use by several threads.
 */
final class SharedBuffers {

    private static final SharedBuffers OF_ALL = new SharedBuffers();

    /** Few sizes: with each comes some bookkeeping. */
    private static final int STEP = 16 << 10;

    private WeakReference<ByteBufferPool> latest = new WeakReference<>(null);

    static SharedBuffers ofAll() {
        return OF_ALL;
    }

    /** They bound themselves: together they keep an eighth of the heap's limit at most, on the heap and beside it. */
    synchronized ByteBufferPool pool() {
        ByteBufferPool pool = latest.get();
        if (pool == null) {
            pool = new ArrayByteBufferPool(0, STEP, BodyPump.BUFFER_SIZE);
            latest = new WeakReference<>(pool);
        }
        return pool;
    }
}
