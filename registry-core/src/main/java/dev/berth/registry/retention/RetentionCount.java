package dev.berth.registry.retention;

/**
 * How much stays, and how much goes. Prints itself as a line for a log.
 *
 * @param tagsKept tags that stay
 * @param tagsDeleted tags that go
 * @param manifestsKept manifests that no tag points to, and that stay
 * @param manifestsDeleted manifests that no tag points to, and that go
 */
public record RetentionCount(long tagsKept, long tagsDeleted, long manifestsKept, long manifestsDeleted) {

    /** Nothing. */
    public static final RetentionCount NONE = new RetentionCount(0, 0, 0, 0);

    /** This and one more. */
    public RetentionCount plus(RetentionDecision decision) {
        boolean keeps = decision.keeps();
        return decision instanceof RetentionDecision.OfTag
                ? plus(new RetentionCount(keeps ? 1 : 0, keeps ? 0 : 1, 0, 0))
                : plus(new RetentionCount(0, 0, keeps ? 1 : 0, keeps ? 0 : 1));
    }

    /** Both. */
    public RetentionCount plus(RetentionCount other) {
        return new RetentionCount(
                tagsKept + other.tagsKept,
                tagsDeleted + other.tagsDeleted,
                manifestsKept + other.manifestsKept,
                manifestsDeleted + other.manifestsDeleted);
    }

    @Override
    public String toString() {
        return tagsDeleted + " tags and " + manifestsDeleted + " untagged manifests deleted, " + tagsKept + " and "
                + manifestsKept + " kept";
    }
}
