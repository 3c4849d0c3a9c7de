package dev.berth.registry.testkit.http;

class JdkErrorHttpTest extends ErrorHttpContract {

    @Override
    protected HttpBinding newBinding() {
        return new JdkHttpBinding();
    }
}
