package dev.berth.registry.jetty;

import dev.berth.registry.http.Headers;
import dev.berth.registry.http.RegistryHandler;
import dev.berth.registry.http.RegistryRequest;
import dev.berth.registry.http.RegistryResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves a registry on any Jetty: turns Jetty's request into core's and core's answer into Jetty's, and pumps the bodies
 * between, without holding a thread for a slow client.
 *
 * <p>It answers every request that it is given. An application that serves other things too puts it behind what decides, such
 * as Jetty's {@code PathMappingsHandler} with {@code /v2/*}; clients expect the registry at the top of its host.
 */
public final class RegistryJettyHandler extends Handler.Abstract {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryJettyHandler.class);

    /** What nearly all answers say, encoded once for all of them. */
    private static final List<HttpField> USUAL = List.of(
            new PreEncodedHttpField("Docker-Distribution-Api-Version", "registry/2.0"),
            new PreEncodedHttpField("X-Content-Type-Options", "nosniff"));

    private final RegistryHandler registry;
    private final BooleanSupplier prompt;

    /**
     * A handler that serves {@code registry}, such as {@code RegistryHandler.of(…)}.
     *
     * @throws IllegalStateException if the Jetty on the class path is older than 12.1
     */
    public RegistryJettyHandler(RegistryHandler registry) {
        this(registry, () -> false);
    }

    /** @param prompt whether bodies wait for nothing but a disk, as things are now */
    RegistryJettyHandler(RegistryHandler registry, BooleanSupplier prompt) {
        JettyVersion.require();
        this.registry = registry;
        this.prompt = prompt;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        JettyRequestBody body = new JettyRequestBody(request);
        CompletionStage<RegistryResponse> answer = registry.handle(registryRequest(request, body));
        if (answer instanceof CompletableFuture<RegistryResponse> future
                && future.isDone()
                && !future.isCompletedExceptionally()) {
            send(future.join(), body, response, callback);
            return true;
        }
        answer.whenComplete((late, failure) -> {
            if (late == null) {
                LOG.error("{} {} was not answered", request.getMethod(), request.getHttpURI(), failure);
                Response.writeError(request, response, callback, 500);
            } else {
                send(late, body, response, callback);
            }
        });
        return true;
    }

    private void send(RegistryResponse answer, JettyRequestBody body, Response response, Callback callback) {
        send(answer, response, body.hasEnded() ? callback : body.discardingRest(callback));
    }

    private void send(RegistryResponse answer, Response response, Callback callback) {
        response.setStatus(answer.status());
        HttpFields.Mutable fields = response.getHeaders();
        answer.headers().forEach((name, value) -> fields.add(field(name, value)));
        BodyPump.send(answer.body(), response, callback, prompt);
    }

    private static HttpField field(String name, String value) {
        for (int i = 0; i < USUAL.size(); i++) {
            HttpField usual = USUAL.get(i);
            if (usual.getName().equals(name) && usual.getValue().equals(value)) {
                return usual;
            }
        }
        return new HttpField(name, value);
    }

    private static RegistryRequest registryRequest(Request request, JettyRequestBody body) {
        return RegistryRequest.of(
                request.getMethod(),
                request.getHttpURI().getPathQuery(),
                headers(request.getHeaders()),
                body,
                ReachedConnection.of(request));
    }

    private static Headers headers(HttpFields fields) {
        String[] flat = new String[fields.size() * 2];
        for (int i = 0; i < fields.size(); i++) {
            HttpField field = fields.getField(i);
            String value = field.getValue();
            flat[2 * i] = field.getName();
            flat[2 * i + 1] = value == null ? "" : value;
        }
        return Headers.of(flat);
    }
}
