package dev.berth.benchmarks.profile;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import dev.berth.benchmarks.RegistryProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** async-profiler, in another process. It counts processor time, and sees into the system where it may. */
final class Profiler {

    private static final String HOW = "ann,threads";

    private final Path library;

    /** Where the system lets nobody count a processor's cycles, as in many containers, there is a timer, which does not see into it. */
    private String event = "event=cpu,";

    private Profiler(Path library) {
        this.library = library;
    }

    /** @throws IOException if there is none for this machine */
    static Profiler in(Path directory) throws IOException {
        String arch = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x64";
        String name = "/linux-" + arch + "/libasyncProfiler.so";
        try (InputStream in = Profiler.class.getResourceAsStream(name)) {
            if (in == null || !System.getProperty("os.name").equals("Linux")) {
                throw new IOException("async-profiler has no " + name + "; profiles are made on Linux");
            }
            Path library = directory.resolve("libasyncProfiler.so");
            Files.copy(in, library);
            return new Profiler(library);
        }
    }

    /** Looks into a JVM from its first moment to its end, and gives the stacks. */
    List<String> watchAll(Path result, Life life) throws IOException {
        try {
            life.live(option(result));
            return Files.readAllLines(result);
        } catch (IOException e) {
            useTimer();
            life.live(option(result));
            return Files.readAllLines(result);
        }
    }

    private String option(Path result) {
        return "-agentpath:" + library + "=start," + event + HOW + ",collapsed,file=" + result;
    }

    private void useTimer() {
        event = "event=itimer,";
    }

    /** Looks into {@code process} while {@code work} is done, and gives the stacks. */
    List<String> watch(RegistryProcess process, Path result, Work work) throws Exception {
        try {
            command(process, "start," + event + HOW);
        } catch (AgentInitializationException e) {
            useTimer();
            command(process, "start," + event + HOW);
        }
        work.run(process);
        command(process, "stop,collapsed," + event + HOW + ",file=" + result);
        return Files.readAllLines(result);
    }

    private void command(RegistryProcess process, String options)
            throws IOException, AttachNotSupportedException, AgentLoadException, AgentInitializationException {
        VirtualMachine machine = VirtualMachine.attach(Long.toString(process.pid()));
        try {
            machine.loadAgentPath(library.toString(), options);
        } finally {
            machine.detach();
        }
    }

    /** A JVM that is started with an option, and ended. */
    interface Life {
        void live(String option) throws IOException;
    }

    /** What a server is given to do. */
    interface Work {
        void run(RegistryProcess process) throws Exception;
    }
}
