package dev.berth.registry.engine;

import dev.berth.registry.engine.VerificationProgress.Phase;
import dev.berth.registry.storage.Storage;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * Looks whether all that a storage keeps is as it was pushed: it reads the bytes of every blob and manifest and compares their
 * digests, and follows every tag and every manifest to what they need. It looks at the storage itself, never at what the registry
 * remembers of it.
 *
 * <pre>{@code
 * VerificationReport report = registry.verifier(VerificationOptions.defaults()).verify();
 * }</pre>
 *
 * <p>The registry may be in use meanwhile, in this process or another: what comes or goes is no damage. It takes little memory,
 * however much there is. Safe for use by several threads.
 */
public final class Verifier {

    private final Storage storage;
    private final Coordination coordination;
    private final ManifestContent content;
    private final VerificationOptions options;

    Verifier(Storage storage, Coordination coordination, ManifestContent content, VerificationOptions options) {
        this.storage = storage;
        this.coordination = coordination;
        this.content = content;
        this.options = options;
    }

    /**
     * Looks at all there is.
     *
     * @throws IOException if the storage cannot be gone through, or a blob not be moved away
     */
    public VerificationReport verify() throws IOException {
        return verify(VerificationListener.none(), () -> false);
    }

    /**
     * Looks at all there is.
     *
     * @param listener is told how far it is, and of each thing that is wrong, in the caller's thread
     * @param cancelled is asked now and then whether to end early, as an interrupt does too
     * @throws IOException if the storage cannot be gone through, or a blob not be moved away
     */
    public VerificationReport verify(VerificationListener listener, BooleanSupplier cancelled) throws IOException {
        VerificationRun run = new VerificationRun(listener, cancelled);
        try {
            run.begin(Phase.COUNTING);
            storage.blobs().forEachBlob(blob -> run.blobCounted(blob.size()));
            RepositoryWalk.over(storage.metadata(), repository -> run.repositoryCounted(), path -> {});
            run.begin(Phase.BLOBS);
            BlobVerification blobs = new BlobVerification(storage.blobs(), coordination.blobs(), content, options, run);
            storage.blobs().forEachBlob(blobs::verify);
            run.begin(Phase.REPOSITORIES);
            RepositoryVerification repositories =
                    new RepositoryVerification(storage.blobs(), storage.metadata(), options, run);
            RepositoryWalk.over(storage.metadata(), repositories::verify, path -> {});
            run.begin(Phase.DONE);
            return run.report(false);
        } catch (CancellationException e) {
            return run.report(true);
        }
    }
}
