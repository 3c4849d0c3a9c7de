package dev.berth.registry.jetty;

import dev.berth.registry.testkit.http.BlobHttpContract;
import dev.berth.registry.testkit.http.HttpBinding;

class JettyBlobHttpTest extends BlobHttpContract {

    @Override
    protected HttpBinding newBinding() {
        return new JettyHttpBinding();
    }
}
