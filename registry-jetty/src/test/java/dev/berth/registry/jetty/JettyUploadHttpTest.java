package dev.berth.registry.jetty;

import dev.berth.registry.testkit.http.UploadHttpContract;
import dev.berth.registry.testkit.http.HttpBinding;

class JettyUploadHttpTest extends UploadHttpContract {

    @Override
    protected HttpBinding newBinding() {
        return new JettyHttpBinding();
    }
}
