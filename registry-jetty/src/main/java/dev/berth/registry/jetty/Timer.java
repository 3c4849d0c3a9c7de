package dev.berth.registry.jetty;

import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;

/** Times what connections do, on a thread that is there only while somebody is connected. */
final class Timer extends ScheduledExecutorScheduler {

    private final ScheduledThreadPoolExecutor thread;

    private Timer(ScheduledThreadPoolExecutor thread) {
        super(thread);
        this.thread = thread;
    }

    /** @param rest how long the thread waits for more to do before it ends */
    static Timer restingAfter(Duration rest) {
        // Who asks for something after the end is cut off by the end itself.
        ScheduledThreadPoolExecutor thread =
                new ScheduledThreadPoolExecutor(1, Timer::thread, new ThreadPoolExecutor.DiscardPolicy());
        thread.setRemoveOnCancelPolicy(true);
        thread.setKeepAliveTime(rest.toMillis(), TimeUnit.MILLISECONDS);
        thread.allowCoreThreadTimeOut(true);
        return new Timer(thread);
    }

    private static Thread thread(Runnable work) {
        Thread made = new Thread(work, "berth-timer");
        made.setDaemon(true);
        return made;
    }

    @Override
    protected void doStop() throws Exception {
        thread.shutdownNow();
        super.doStop();
    }
}
