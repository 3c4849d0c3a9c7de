package dev.berth.registry.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.storage.MetadataStore;
import dev.berth.registry.storage.memory.MemoryStorage;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RepositoriesTest {

    private static final RepositoryName APP = new RepositoryName("team/app");
    private static final String REVISIONS = "repositories/team/app/_manifests/revisions/sha256/";

    private final MetadataStore metadata = new MemoryStorage().metadata();
    private final Repositories repositories = new Repositories(metadata);

    @Test
    void oneIsThereForAsLongAsItHasAnyManifestWhoeverTakesTheOthersAway() throws IOException {
        metadata.put(REVISIONS + "aa/link", new byte[1]);
        metadata.put(REVISIONS + "bb/link", new byte[1]);
        assertThat(exists()).isTrue();

        metadata.delete(REVISIONS + "aa/link");
        assertThat(exists()).isTrue();

        metadata.delete(REVISIONS + "bb/link");
        assertThat(exists()).isFalse();
    }

    @Test
    void oneThatWentAndCameBackIsThere() throws IOException {
        metadata.put(REVISIONS + "aa/link", new byte[1]);
        assertThat(exists()).isTrue();
        metadata.delete(REVISIONS + "aa/link");
        assertThat(exists()).isFalse();

        metadata.put(REVISIONS + "cc/link", new byte[1]);

        assertThat(exists()).isTrue();
    }

    @Test
    void moreAreListedThanAreRemembered() throws IOException {
        int count = 10_000;
        for (int i = 0; i < count; i++) {
            metadata.put("repositories/r%05d/_manifests/revisions/sha256/aa/link".formatted(i), new byte[1]);
        }

        assertThat(repositories.list(Optional.empty(), count).items()).hasSize(count);
        metadata.delete("repositories/r00000/_manifests/revisions/sha256/aa/link");
        metadata.delete("repositories/r09999/_manifests/revisions/sha256/aa/link");

        assertThat(repositories.list(Optional.empty(), count).items()).hasSize(count - 2);
    }

    private boolean exists() throws IOException {
        boolean exists = repositories.exists(APP);
        assertThat(repositories.list(Optional.empty(), 10).items().contains(APP))
                .isEqualTo(exists);
        return exists;
    }
}
