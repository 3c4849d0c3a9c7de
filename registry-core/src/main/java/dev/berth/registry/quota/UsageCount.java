package dev.berth.registry.quota;

import dev.berth.registry.Digest;
import dev.berth.registry.UploadId;
import java.util.Map;

/** What was found when somebody counted, and which content it was. For one thread at a time. */
public interface UsageCount {

    /** How many bytes of blobs and manifests there are, each counted once; unfinished uploads are not among them. */
    long contentBytes();

    /** How many tags there are. */
    long tags();

    /** How many manifests there are. */
    long manifests();

    /** The upload sessions that are open, and how many bytes each has received. */
    Map<UploadId, Long> uploads();

    /** Whether some content was found, or added since. */
    boolean contains(Digest stored);

    /** Adds some content that has come since. Returns whether it was not there. */
    boolean add(Digest stored);

    /** All in numbers. */
    default Usage usage() {
        long uploadBytes =
                uploads().values().stream().mapToLong(Long::longValue).sum();
        return new Usage(
                contentBytes() + uploadBytes, tags(), manifests(), uploads().size());
    }
}
