package dev.berth.benchmarks.servers;

import dev.berth.benchmarks.RegistryProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A limit: nginx, which sends files as the kernel has them. */
public final class Nginx {

    private Nginx() {}

    /** Serves the files of {@code root}; what it needs beside goes into {@code scratch}. */
    public static RegistryProcess start(Path root, Path scratch) throws IOException {
        return start(root, scratch, "");
    }

    /** The same, where no more than so many KiB may wait in a socket, of which Linux makes twice as many. */
    public static RegistryProcess start(Path root, Path scratch, int sendBuffer) throws IOException {
        return start(root, scratch, "sndbuf=" + sendBuffer + "k");
    }

    private static RegistryProcess start(Path root, Path scratch, String socket) throws IOException {
        int port = RegistryProcess.freePort();
        Path config = scratch.resolve("nginx.conf");
        String user = System.getProperty("user.name").equals("root") ? "user root;" : "";
        Files.writeString(
                config, """
                %s
                daemon off;
                worker_processes auto;
                worker_rlimit_nofile 20000;
                pid %s/nginx.pid;
                error_log /dev/null;
                events { worker_connections 16000; }
                http {
                    access_log off;
                    sendfile on;
                    tcp_nopush on;
                    keepalive_requests 100000000;
                    open_file_cache max=1000;
                    client_body_temp_path %s/body;
                    proxy_temp_path %s/proxy;
                    fastcgi_temp_path %s/fastcgi;
                    uwsgi_temp_path %s/uwsgi;
                    scgi_temp_path %s/scgi;
                    server {
                        listen 127.0.0.1:%d backlog=4096 %s;
                        root %s;
                    }
                }
                """.formatted(user, scratch, scratch, scratch, scratch, scratch, scratch, port, socket, root));
        return RegistryProcess.start(List.of("nginx", "-c", config.toString(), "-p", scratch.toString()), port);
    }
}
