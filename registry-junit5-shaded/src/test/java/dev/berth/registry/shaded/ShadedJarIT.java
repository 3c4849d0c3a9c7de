package dev.berth.registry.shaded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.junit5.RegistryExtension;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** That the jar holds nothing, and refers to nothing, that somebody else's version could come in the way of. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShadedJarIT {

    /** What has been moved, by the name that it has elsewhere. */
    private static final Pattern MOVED = Pattern.compile(
            "(?<!dev[/.]berth[/.]shaded[/.])(?<![A-Za-z0-9_$])"
                    + "(org[/.]eclipse[/.]jetty|com[/.]fasterxml|org[/.]apache[/.]commons|org[/.]jose4j|org[/.]snakeyaml|at[/.]favre)");

    /** What is not in the jar: what a JDK has, and what a user brings along. */
    private static final List<String> OUTSIDE = List.of(
            "java/", "javax/", "org/junit/", "org/assertj/", "org/slf4j/", "org/jspecify/", "com/github/luben/zstd/");

    /** What parts of libraries that nothing of ours uses would need in addition: other compressions, and Jetty's JMX. */
    private static final List<String> OPTIONAL = List.of(
            "org/tukaani/xz/", "org/brotli/dec/", "org/objectweb/asm/", "dev/berth/shaded/org/eclipse/jetty/jmx/");

    private JarFile jar;
    private Map<String, ConstantPool> classes;

    @BeforeAll
    void open() throws Exception {
        Path file = Path.of(RegistryExtension.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        assertThat(file.getFileName().toString())
                .startsWith("registry-junit5-shaded-")
                .endsWith(".jar");
        jar = new JarFile(file.toFile());
        classes = new TreeMap<>();
        for (String entry : entries()) {
            if (entry.endsWith(".class")) {
                try (InputStream in = jar.getInputStream(jar.getEntry(entry))) {
                    classes.put(entry.substring(0, entry.length() - ".class".length()), ConstantPool.read(in));
                }
            }
        }
    }

    @AfterAll
    void close() throws IOException {
        jar.close();
    }

    @Test
    void whatItWasMadeOfIsNotOnThisClassPath() {
        assertThatThrownBy(() -> Class.forName("org.eclipse.jetty.server.Server"))
                .isInstanceOf(ClassNotFoundException.class);
        assertThatThrownBy(() -> Class.forName("com.fasterxml.jackson.core.JsonFactory"))
                .isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void everythingIsInPackagesOfOurs() {
        assertThat(entries())
                .allMatch(name -> name.startsWith("dev/berth/")
                        || name.startsWith("META-INF/maven/")
                        || name.startsWith("META-INF/services/dev.berth.shaded.")
                        || name.matches("META-INF/[A-Za-z-]*(LICENSE|NOTICE)(\\.txt)?")
                        || name.equals("META-INF/MANIFEST.MF"))
                .noneMatch(name -> name.endsWith("module-info.class"));
        assertThat(classes).hasSizeGreaterThan(2000);
    }

    @Test
    void noNameIsThatOfBefore() {
        List<String> found = new ArrayList<>();
        classes.forEach((name, pool) -> pool.texts().stream()
                .filter(text -> !text.contains(" ")) // what is written for people may say what it likes
                .filter(text -> MOVED.matcher(text).find())
                .forEach(text -> found.add(name + ": " + text)));

        assertThat(found).isEmpty();
    }

    @Test
    void everyClassThatIsReferredToIsThereOrIsTheUsersOwn() {
        Set<String> missing = classes.values().stream()
                .flatMap(pool -> pool.classes().stream())
                .filter(referred -> !classes.containsKey(referred))
                .filter(referred -> OUTSIDE.stream().noneMatch(referred::startsWith))
                .filter(referred -> OPTIONAL.stream().noneMatch(referred::startsWith))
                .collect(Collectors.toSet());

        assertThat(missing).isEmpty();
    }

    @Test
    void everyServiceAndItsProvidersHaveBeenMoved() throws Exception {
        List<String> services = entries().stream()
                .filter(name -> name.startsWith("META-INF/services/"))
                .toList();

        assertThat(services).hasSize(3);
        for (String service : services) {
            assertThat(service.substring("META-INF/services/".length())).satisfies(Class::forName);
            assertThat(text(service).lines())
                    .as(service)
                    .isNotEmpty()
                    .allSatisfy(provider -> assertThat(provider).startsWith("dev.berth.shaded."))
                    .allSatisfy(Class::forName);
        }
        // Of two modules of Jetty, in one file.
        assertThat(text("META-INF/services/dev.berth.shaded.org.eclipse.jetty.http.HttpFieldPreEncoder"))
                .contains("http.Http11FieldPreEncoder", "hpack.HpackFieldPreEncoder");
    }

    @Test
    void itSaysWhatIsInItAndUnderWhichLicences() throws Exception {
        assertThat(entries())
                .contains(
                        "META-INF/maven/org.eclipse.jetty/jetty-server/pom.properties",
                        "META-INF/maven/com.fasterxml.jackson.core/jackson-core/pom.properties",
                        "META-INF/maven/org.apache.commons/commons-compress/pom.properties",
                        "META-INF/maven/org.bitbucket.b_c/jose4j/pom.properties",
                        "META-INF/maven/org.snakeyaml/snakeyaml-engine/pom.properties",
                        "META-INF/maven/at.favre.lib/bcrypt/pom.properties");
        assertThat(text("META-INF/LICENSE")).contains("Apache License");
        assertThat(text("META-INF/NOTICE.txt")).contains("Apache Commons Compress", "Apache Commons Codec");
        assertThat(jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name"))
                .isEqualTo("dev.berth.registry.junit5.shaded");
    }

    private List<String> entries() {
        return jar.stream()
                .filter(entry -> !entry.isDirectory())
                .map(JarEntry::getName)
                .toList();
    }

    private String text(String name) throws IOException {
        try (InputStream in = jar.getInputStream(jar.getEntry(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
