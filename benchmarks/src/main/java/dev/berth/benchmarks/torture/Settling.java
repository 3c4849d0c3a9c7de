package dev.berth.benchmarks.torture;

import dev.berth.benchmarks.torture.TagCell.State;
import dev.berth.benchmarks.torture.Wire.Answer;
import dev.berth.registry.Digest;
import java.io.IOException;
import java.util.Optional;

/** What has become of requests whose answers never came. */
final class Settling {

    private Settling() {}

    /** Finds out what became of a request that was cut off. */
    static void settle(TagCell cell, Wire wire, Oracle oracle) throws IOException {
        if (cell.possible().size() > 1) {
            Answer answer = wire.send("GET", cell.path(), "Accept", "*/*");
            Optional<Digest> seen = answer.is(200) ? Optional.of(Digest.of(answer.body())) : Optional.empty();
            Optional<State> state =
                    cell.possible().stream().filter(s -> s.is(seen)).findFirst();
            if (state.isEmpty() || !(answer.is(200) || answer.is(404))) {
                oracle.violation(cell + " is what it cannot be: " + answer);
            }
            oracle.count("requests cut off, and settled");
            cell.is(state.orElse(State.ABSENT));
        }
    }
}
