package dev.berth.registry.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.TagWatch;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ForwardingRegistryTest {

    private static final RepositoryName NAME = new RepositoryName("a");
    private static final Digest DIGEST = Digest.of(new byte[0]);

    private final List<String> calls = new ArrayList<>();
    private final Registry recording = (Registry) Proxy.newProxyInstance(
            Registry.class.getClassLoader(), new Class<?>[] {Registry.class}, (proxy, method, arguments) -> {
                calls.add(method.getName() + Arrays.toString(arguments));
                return method.getReturnType() == boolean.class ? Boolean.FALSE : null;
            });

    static List<Method> methods() {
        return Arrays.stream(Registry.class.getMethods())
                .filter(method -> !method.isDefault())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("methods")
    void eachMethodIsPassedOnToItsNamesakeWithItsArguments(Method method) throws Exception {
        Registry layer = new ForwardingRegistry(recording) {};
        Object[] arguments = Arrays.stream(method.getParameterTypes())
                .map(ForwardingRegistryTest::sample)
                .toArray();

        method.invoke(layer, arguments);

        assertThat(calls).containsExactly(method.getName() + Arrays.toString(arguments));
    }

    /** A layer overrides one method for each thing that is done, and is never passed by. */
    @Test
    void whatIsDoneWithoutAWatchComesToTheMethodThatTakesOne() throws Exception {
        Registry layer = new ForwardingRegistry(recording) {};

        layer.putManifest(NAME, null, List.of());
        layer.deleteManifest(NAME, DIGEST);
        layer.deleteTag(NAME, new Tag("a"));

        assertThat(calls)
                .containsExactly(
                        "putManifest[a, null, [], " + TagWatch.none() + "]",
                        "deleteManifest[a, " + DIGEST + ", " + TagWatch.none() + "]",
                        "deleteTag[a, a, " + TagWatch.none() + "]");
    }

    private static Object sample(Class<?> type) {
        if (type == RepositoryName.class) {
            return NAME;
        }
        if (type == int.class) {
            return 7;
        }
        if (type == Optional.class) {
            return Optional.empty();
        }
        if (type == List.class) {
            return List.of();
        }
        if (type == DigestAlgorithm.class) {
            return DigestAlgorithm.SHA512;
        }
        return type.isInstance(DIGEST) ? DIGEST : null;
    }

    @Test
    void aReadOnlyRegistryRefusesEveryChange() {
        Registry layer = new ReadOnlyRegistry(recording);

        assertRefused(() -> layer.deleteBlob(NAME, DIGEST));
        assertRefused(() -> layer.mountBlob(NAME, DIGEST, Optional.empty()));
        assertRefused(() -> layer.beginUpload(NAME, DigestAlgorithm.SHA256));
        assertRefused(() -> layer.deleteManifest(NAME, DIGEST));
        assertRefused(() -> layer.deleteTag(NAME, new Tag("a")));
        assertThat(calls).isEmpty();
    }

    @Test
    void aRegistryThatDoesNotDeleteStillTakes() throws Exception {
        Registry layer = new NoDeleteRegistry(recording);

        assertRefused(() -> layer.deleteBlob(NAME, DIGEST));
        assertRefused(() -> layer.deleteManifest(NAME, DIGEST));
        assertRefused(() -> layer.deleteTag(NAME, new Tag("a")));
        layer.beginUpload(NAME, DigestAlgorithm.SHA256);
        assertThat(calls).containsExactly("beginUpload[a, sha256]");
    }

    private static void assertRefused(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED));
    }
}
