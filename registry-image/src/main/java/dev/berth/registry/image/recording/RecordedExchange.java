package dev.berth.registry.image.recording;

/** What was asked, and what was answered. */
public record RecordedExchange(RecordedRequest request, RecordedAnswer answer) {

    @Override
    public String toString() {
        return request + " → " + answer.status();
    }
}
