package dev.berth.registry.layer;

import dev.berth.registry.Descriptor;
import dev.berth.registry.UploadId;
import dev.berth.registry.quota.Quota;
import dev.berth.registry.quota.Usage;
import dev.berth.registry.quota.UsageCount;
import dev.berth.registry.quota.UsageSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What one quota has been used for: what was counted, what has come since, and what is on its way. It is never less than what
 * there is, so that nothing gets past the quota; where something has gone it may be more, and then it is counted anew before
 * anything is refused.
 *
 * <p>Counting goes on without a lock. What comes meanwhile is added to what was counted, be it that it was counted too.
 */
final class QuotaLedger {

    private static final long OLD = TimeUnit.MINUTES.toNanos(1);
    private static final long QUICK = TimeUnit.MILLISECONDS.toNanos(50);

    /** What is limited. */
    enum Kind {
        BYTES,
        TAGS,
        MANIFESTS,
        UPLOADS
    }

    private final Quota quota;
    private final UsageSource source;
    private final Object counting = new Object();

    private Optional<UsageCount> count = Optional.empty();
    private long removalsAtCount;
    private long countedAt;
    private long counted;
    private long tookLast;

    private long contentBytes;
    private long tags;
    private long manifests;
    private final Map<UploadId, Upload> uploads = new HashMap<>();
    private long uploadBytes;
    private final Map<Kind, Long> onTheirWay = new HashMap<>();

    private boolean countGoesOn;
    private boolean perhapsTooMuch;
    private long tagsMeanwhile;
    private long manifestsMeanwhile;
    private final List<Descriptor> contentMeanwhile = new ArrayList<>();
    private final Set<UploadId> endedMeanwhile = new HashSet<>();
    private final List<Descriptor> reliedOn = new ArrayList<>();

    /** An upload session. */
    private static final class Upload {
        private long bytes;
        private boolean seenWhileCounting;
        private boolean becomesContent;
    }

    QuotaLedger(Quota quota, UsageSource source) {
        this.quota = quota;
        this.source = source;
    }

    Quota quota() {
        return quota;
    }

    OptionalLong limit(Kind kind) {
        return switch (kind) {
            case BYTES -> quota.bytes();
            case TAGS -> quota.tags();
            case MANIFESTS -> quota.manifests();
            case UPLOADS -> quota.uploads();
        };
    }

    synchronized Usage usage() {
        return new Usage(used(Kind.BYTES), used(Kind.TAGS), used(Kind.MANIFESTS), used(Kind.UPLOADS));
    }

    synchronized long used(Kind kind) {
        return onTheirWay.getOrDefault(kind, 0L)
                + switch (kind) {
                    case BYTES -> contentBytes + uploadBytes;
                    case TAGS -> tags;
                    case MANIFESTS -> manifests;
                    case UPLOADS -> uploads.size();
                };
    }

    /** Sets room aside for something that is on its way. Returns whether there was any. */
    synchronized boolean reserve(Kind kind, long amount) {
        OptionalLong limit = limit(kind);
        if (limit.isPresent() && amount > limit.getAsLong() - used(kind)) {
            return false;
        }
        onTheirWay.merge(kind, amount, Long::sum);
        return true;
    }

    /** Gives room back that was set aside. */
    synchronized void giveBack(Kind kind, long amount) {
        onTheirWay.merge(kind, -amount, Long::sum);
    }

    /**
     * Whether content is paid for already. If so it stays paid for until {@link #rely} is taken back, though somebody may count
     * meanwhile and not find it.
     */
    synchronized boolean rely(Descriptor stored) {
        boolean contained = count.isPresent() && count.get().contains(stored.digest());
        if (contained) {
            reliedOn.add(stored);
        }
        return contained;
    }

    synchronized void relyNoMore(Descriptor stored) {
        reliedOn.remove(stored);
    }

    /**
     * Content has come. What was set aside for it is not any more: at no moment does it count twice.
     *
     * @param reserved how much that was
     */
    synchronized void contentCame(Descriptor stored, long reserved) {
        giveBack(Kind.BYTES, reserved);
        if (count.isPresent() && count.get().add(stored.digest())) {
            contentBytes += stored.size();
        }
        if (countGoesOn) {
            contentMeanwhile.add(stored);
        }
    }

    /** A manifest has come for which room was set aside, because it was not there. */
    synchronized void manifestCame() {
        giveBack(Kind.MANIFESTS, 1);
        manifests++;
        if (countGoesOn) {
            manifestsMeanwhile++;
        }
        // Another push may have brought the same at the same time.
        perhapsTooMuch = true;
    }

    /** A tag has come for which room was set aside. */
    synchronized void tagCame() {
        giveBack(Kind.TAGS, 1);
        tags++;
        if (countGoesOn) {
            tagsMeanwhile++;
        }
        // It may have been named twice.
        perhapsTooMuch = true;
    }

    synchronized void tagWent() {
        if (!countGoesOn) {
            tags--;
        }
        perhapsTooMuch |= countGoesOn;
    }

    /** An upload session is there, with so many bytes if nothing is known of it yet. */
    synchronized void upload(UploadId id, long bytes) {
        Upload upload = uploads.get(id);
        if (upload == null) {
            upload = new Upload();
            upload.bytes = bytes;
            uploadBytes += bytes;
            uploads.put(id, upload);
        }
        upload.seenWhileCounting |= countGoesOn;
    }

    /** An upload session has begun for which room was set aside. */
    synchronized void uploadBegan(UploadId id) {
        giveBack(Kind.UPLOADS, 1);
        upload(id, 0);
    }

    /** Bytes that were on their way have become part of an upload. */
    synchronized void uploadGrew(UploadId id, long bytes) {
        giveBack(Kind.BYTES, bytes);
        upload(id, 0);
        uploads.computeIfPresent(id, (key, upload) -> {
            upload.bytes += bytes;
            return upload;
        });
        uploadBytes += bytes;
    }

    /** An upload is about to become content, or has not: whoever counts meanwhile may find it neither as the one nor the other. */
    synchronized void becomesContent(UploadId id, boolean goesOn) {
        uploads.computeIfPresent(id, (key, upload) -> {
            upload.becomesContent = goesOn;
            upload.seenWhileCounting |= countGoesOn;
            return upload;
        });
    }

    synchronized void uploadEnded(UploadId id) {
        if (countGoesOn) {
            endedMeanwhile.add(id);
        }
        Upload upload = uploads.remove(id);
        uploadBytes -= upload == null ? 0 : upload.bytes;
    }

    /** An upload has become content. There is no moment in which its bytes count neither as the one nor as the other. */
    synchronized void uploadCame(UploadId id, Descriptor stored) {
        uploadEnded(id);
        contentCame(stored, 0);
    }

    /** Counts if that has not been done yet. */
    void open() throws IOException {
        if (!isOpen()) {
            synchronized (counting) {
                if (!isOpen()) {
                    recount();
                }
            }
        }
    }

    private synchronized boolean isOpen() {
        return count.isPresent();
    }

    /**
     * Counts anew, if there may be less than is in the ledger, unless that takes long and was done a short while ago.
     *
     * @return whether it was done, by this thread or by another that did it meanwhile
     */
    boolean refresh() throws IOException {
        long before = times();
        synchronized (counting) {
            if (times() != before) {
                return true;
            }
            if (!worthCounting()) {
                return false;
            }
            recount();
            return true;
        }
    }

    private synchronized long times() {
        return counted;
    }

    private synchronized boolean worthCounting() {
        long age = System.nanoTime() - countedAt;
        boolean changed = perhapsTooMuch || source.removals() != removalsAtCount || age > OLD;
        return changed && (tookLast < QUICK || age > 5 * tookLast);
    }

    private void recount() throws IOException {
        long start = System.nanoTime();
        long removals = source.removals();
        begin();
        try {
            UsageCount found = source.count(quota.repositories());
            end(found, removals, start);
        } finally {
            abandon();
        }
    }

    private synchronized void begin() {
        countGoesOn = true;
        tagsMeanwhile = 0;
        manifestsMeanwhile = 0;
        contentMeanwhile.clear();
        endedMeanwhile.clear();
        uploads.values().forEach(upload -> upload.seenWhileCounting = false);
    }

    private synchronized void end(UsageCount found, long removals, long start) {
        contentBytes = found.contentBytes();
        contentMeanwhile.addAll(reliedOn);
        for (Descriptor stored : contentMeanwhile) {
            contentBytes += found.add(stored.digest()) ? stored.size() : 0;
        }
        perhapsTooMuch = tagsMeanwhile > 0 || manifestsMeanwhile > 0;
        tags = found.tags() + tagsMeanwhile;
        manifests = found.manifests() + manifestsMeanwhile;
        uploads.entrySet()
                .removeIf(entry -> !entry.getValue().seenWhileCounting
                        && !entry.getValue().becomesContent
                        && !found.uploads().containsKey(entry.getKey()));
        found.uploads().forEach((id, bytes) -> {
            if (!uploads.containsKey(id) && !endedMeanwhile.contains(id)) {
                upload(id, bytes);
            }
        });
        uploadBytes =
                uploads.values().stream().mapToLong(upload -> upload.bytes).sum();
        count = Optional.of(found);
        removalsAtCount = removals;
        countedAt = System.nanoTime();
        tookLast = countedAt - start;
        counted++;
    }

    private synchronized void abandon() {
        countGoesOn = false;
        contentMeanwhile.clear();
        endedMeanwhile.clear();
    }
}
