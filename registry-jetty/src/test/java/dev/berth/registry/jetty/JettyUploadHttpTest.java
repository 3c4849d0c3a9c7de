package dev.berth.registry.jetty;

import dev.berth.registry.testkit.http.HttpBinding;
import dev.berth.registry.testkit.http.UploadHttpContract;

class JettyUploadHttpTest extends UploadHttpContract {

    @Override
    protected HttpBinding newBinding() {
        return new JettyHttpBinding();
    }
}
