package dev.berth.registry.jetty.tls;

import java.nio.file.Path;

/** The files for kind, by its documentation of local registries. */
final class KindFiles {

    private KindFiles() {}

    /**
     * The configuration of a cluster whose one node mounts {@code certs.d}. The patch is for kind before 0.27; later ones look
     * there unless told.
     */
    static String cluster(Path certsD) {
        return """
                kind: Cluster
                apiVersion: kind.x-k8s.io/v1alpha4
                containerdConfigPatches:
                  - |-
                    [plugins."io.containerd.grpc.v1.cri".registry]
                      config_path = "/etc/containerd/certs.d"
                # Each further node mounts the same.
                nodes:
                  - role: control-plane
                    extraMounts:
                      - hostPath: %s
                        containerPath: /etc/containerd/certs.d
                        readOnly: true
                """.formatted(quoted(certsD.toString()));
    }

    /**
     * The ConfigMap of KEP-1755.
     *
     * @param address how images are named outside and in the cluster
     * @param fromNodes where pods find the registry that want to talk to it themselves
     */
    static String localRegistryHosting(String address, String fromNodes) {
        return """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: local-registry-hosting
                  namespace: kube-public
                data:
                  localRegistryHosting.v1: |
                    host: "%s"
                    hostFromClusterNetwork: "%s"
                    help: "https://kind.sigs.k8s.io/docs/user/local-registry/"
                """.formatted(address, fromNodes);
    }

    /** As a string of YAML between single quotes, in which nothing but these is special. */
    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
