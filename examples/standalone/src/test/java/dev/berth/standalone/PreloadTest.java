package dev.berth.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PreloadTest {

    /** A class that is gone costs nothing; a list that has nothing to do with Jetty any more would. */
    @Test
    void nearlyAllClassesOfTheListExist() throws IOException {
        List<String> names = Preload.names();

        assertThat(names).hasSizeGreaterThan(100);
        assertThat(names.stream().filter(name -> !Preload.load(name)))
                .as("classes that are gone: " + Preload.LIST + " should be made anew, as Preload says how")
                .hasSizeLessThan(names.size() / 10);
    }
}
