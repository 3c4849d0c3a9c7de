package dev.berth.registry.jetty;

import dev.berth.registry.storage.Storage;
import dev.berth.registry.storage.file.Durability;
import dev.berth.registry.storage.file.FileStorage;
import dev.berth.registry.testkit.http.BlobHttpContract;
import dev.berth.registry.testkit.http.ErrorHttpContract;
import dev.berth.registry.testkit.http.HttpBinding;
import dev.berth.registry.testkit.http.ListHttpContract;
import dev.berth.registry.testkit.http.ManifestHttpContract;
import dev.berth.registry.testkit.http.UploadHttpContract;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The protocol over Jetty, in files. */
class JettyOverFilesHttpTest {

    @TempDir
    private Path directory;

    private Storage files() throws IOException {
        return FileStorage.open(directory, Durability.FAST);
    }

    @Nested
    class Blobs extends BlobHttpContract {
        @Override
        protected HttpBinding newBinding() {
            return new JettyHttpBinding();
        }

        @Override
        protected Storage newStorage() throws IOException {
            return files();
        }
    }

    @Nested
    class Uploads extends UploadHttpContract {
        @Override
        protected HttpBinding newBinding() {
            return new JettyHttpBinding();
        }

        @Override
        protected Storage newStorage() throws IOException {
            return files();
        }
    }

    @Nested
    class Manifests extends ManifestHttpContract {
        @Override
        protected HttpBinding newBinding() {
            return new JettyHttpBinding();
        }

        @Override
        protected Storage newStorage() throws IOException {
            return files();
        }
    }

    @Nested
    class Lists extends ListHttpContract {
        @Override
        protected HttpBinding newBinding() {
            return new JettyHttpBinding();
        }

        @Override
        protected Storage newStorage() throws IOException {
            return files();
        }
    }

    @Nested
    class Errors extends ErrorHttpContract {
        @Override
        protected HttpBinding newBinding() {
            return new JettyHttpBinding();
        }

        @Override
        protected Storage newStorage() throws IOException {
            return files();
        }
    }
}
