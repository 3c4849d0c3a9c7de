package dev.berth.registry.jetty;

import dev.berth.registry.testkit.http.HttpBinding;
import dev.berth.registry.testkit.http.ListHttpContract;

class JettyListHttpTest extends ListHttpContract {

    @Override
    protected HttpBinding newBinding() {
        return new JettyHttpBinding();
    }
}
