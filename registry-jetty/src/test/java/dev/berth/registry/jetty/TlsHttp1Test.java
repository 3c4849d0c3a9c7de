package dev.berth.registry.jetty;

import dev.berth.registry.testkit.http.BlobHttpContract;
import dev.berth.registry.testkit.http.ErrorHttpContract;
import dev.berth.registry.testkit.http.HttpBinding;
import dev.berth.registry.testkit.http.ListHttpContract;
import dev.berth.registry.testkit.http.ManifestHttpContract;
import dev.berth.registry.testkit.http.UploadHttpContract;
import java.net.http.HttpClient;
import org.junit.jupiter.api.Nested;

/** The protocol over TLS and HTTP/1.1. */
class TlsHttp1Test {

    @Nested
    class Blobs extends BlobHttpContract {
        @Override
        protected HttpBinding newBinding() {
            return new TlsHttpBinding(HttpClient.Version.HTTP_1_1);
        }
    }

    @Nested
    class Uploads extends UploadHttpContract {
        @Override
        protected HttpBinding newBinding() {
            return new TlsHttpBinding(HttpClient.Version.HTTP_1_1);
        }
    }

    @Nested
    class Manifests extends ManifestHttpContract {
        @Override
        protected HttpBinding newBinding() {
            return new TlsHttpBinding(HttpClient.Version.HTTP_1_1);
        }
    }

    @Nested
    class Lists extends ListHttpContract {
        @Override
        protected HttpBinding newBinding() {
            return new TlsHttpBinding(HttpClient.Version.HTTP_1_1);
        }
    }

    @Nested
    class Errors extends ErrorHttpContract {
        @Override
        protected HttpBinding newBinding() {
            return new TlsHttpBinding(HttpClient.Version.HTTP_1_1);
        }
    }
}
