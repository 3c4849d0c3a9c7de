package dev.berth.registry.testkit.http;

class JdkListHttpTest extends ListHttpContract {

    @Override
    protected HttpBinding newBinding() {
        return new JdkHttpBinding();
    }
}
