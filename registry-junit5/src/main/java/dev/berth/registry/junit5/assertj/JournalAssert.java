package dev.berth.registry.junit5.assertj;

import static dev.berth.registry.http.RequestMatch.blobGet;
import static dev.berth.registry.http.RequestMatch.manifestGet;
import static dev.berth.registry.http.RequestMatch.manifestHead;
import static dev.berth.registry.http.RequestMatch.manifestPut;
import static dev.berth.registry.http.RequestMatch.mount;

import dev.berth.registry.Digest;
import dev.berth.registry.Tag;
import dev.berth.registry.http.Endpoint;
import dev.berth.registry.http.RequestMatch;
import dev.berth.registry.http.Route;
import dev.berth.registry.http.journal.Exchange;
import dev.berth.registry.http.journal.Journal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.assertj.core.api.AbstractAssert;

/** Assertions on what a registry was asked and answered. A failure shows the whole table. */
public final class JournalAssert extends AbstractAssert<JournalAssert, Journal> {

    private static final int MOST_SHOWN = 200;

    JournalAssert(Journal actual) {
        super(actual, JournalAssert.class);
    }

    /** Verifies that a tag was pushed, and that it worked. */
    public JournalAssert pushed(String repository, String tag) {
        return wasAsked(
                "a push of " + repository + ":" + tag,
                manifestPut().in(repository).of(new Tag(tag)),
                1);
    }

    /** Verifies that nobody pushed a manifest to a repository, or it did not work. */
    public JournalAssert didNotPushTo(String repository) {
        return wasAsked("no push to " + repository, manifestPut().in(repository), 0);
    }

    /**
     * Verifies that a tag was pulled, at least once: that its manifest was read, by the tag or, where a client asks for the digest
     * first, by that.
     */
    public JournalAssert pulled(String repository, String tag) {
        RequestMatch byTag = manifestGet().in(repository).of(new Tag(tag));
        boolean byDigest = succeeded(manifestHead().in(repository).of(new Tag(tag))).stream()
                .flatMap(head -> head.digest().stream())
                .anyMatch(digest ->
                        !succeeded(manifestGet().in(repository).of(digest)).isEmpty());
        return byDigest ? this : wasAsked("a pull of " + repository + ":" + tag, byTag, 1);
    }

    /** Verifies that a blob was pulled, exactly once. */
    public JournalAssert pulledBlobOnce(Digest digest) {
        return wasAskedExactly("one pull of the blob " + digest, blobGet().of(digest), 1);
    }

    /** Verifies that no blob was pulled more than once. */
    public JournalAssert pulledNoBlobTwice() {
        Map<Route, Integer> pulls = new HashMap<>();
        for (Exchange exchange : succeeded(blobGet())) {
            if (pulls.merge(exchange.route(), 1, Integer::sum) > 1) {
                throw failed(
                        "no blob to be pulled twice, but " + exchange.route().path() + " was");
            }
        }
        return this;
    }

    /** Verifies that a blob was mounted into a repository, and not sent. */
    public JournalAssert mounted(String repository, Digest digest) {
        List<Exchange> mounts = succeeded(mount().in(repository).of(digest));
        if (mounts.stream().noneMatch(exchange -> exchange.status() == 201)) {
            throw failed("a mount of " + digest + " into " + repository + ", but there was "
                    + (mounts.isEmpty() ? "none" : "one that ended in an upload session"));
        }
        return this;
    }

    /** Verifies how many blobs were sent, to all repositories together. */
    public JournalAssert uploadedBlobs(int count) {
        int found = succeeded(RequestMatch.to(Endpoint.UPLOAD_COMMIT)).size()
                + (int) succeeded(RequestMatch.to(Endpoint.UPLOAD_BEGIN)).stream()
                        .filter(e -> e.status() == 201
                                && e.request().query().first("mount").isEmpty())
                        .count();
        if (found != count) {
            throw failed(count + " blobs to be sent, but there were " + found);
        }
        return this;
    }

    /** Verifies that there was no such request, whatever became of it. */
    public JournalAssert sentNoRequestTo(RequestMatch requests) {
        List<Exchange> found = actual.exchanges(requests);
        if (!found.isEmpty()) {
            throw failed("no request for " + requests + ", but there were " + found.size());
        }
        return this;
    }

    /** Verifies how many such requests there were, whatever became of them. */
    public JournalAssert sentRequests(int count, RequestMatch requests) {
        int found = actual.exchanges(requests).size();
        if (found != count) {
            throw failed(count + " requests for " + requests + ", but there were " + found);
        }
        return this;
    }

    /** Verifies that all exchanges meet a condition, said in words for the failure. */
    public JournalAssert allExchanges(String words, Predicate<? super Exchange> condition) {
        for (Exchange exchange : actual.exchanges()) {
            if (!condition.test(exchange)) {
                throw failed("all exchanges to be " + words + ", but this is not:\n" + exchange);
            }
        }
        return this;
    }

    private JournalAssert wasAsked(String what, RequestMatch requests, int least) {
        int found = succeeded(requests).size();
        if (least == 0 ? found > 0 : found < least) {
            throw failed(what + ", but there were " + found + " that worked and "
                    + (actual.exchanges(requests).size() - found) + " that did not");
        }
        return this;
    }

    private JournalAssert wasAskedExactly(String what, RequestMatch requests, int count) {
        int found = succeeded(requests).size();
        if (found != count) {
            throw failed(what + ", but there were " + found);
        }
        return this;
    }

    private List<Exchange> succeeded(RequestMatch requests) {
        return actual.exchanges(requests).stream().filter(Exchange::succeeded).toList();
    }

    private AssertionError failed(String message) {
        return failure("Expecting %s. There was:%n%s", message, actual.last(MOST_SHOWN));
    }
}
