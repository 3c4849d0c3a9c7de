package dev.berth.registry;

import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;

/** What may know of what. */
@AnalyzeClasses(packages = "dev.berth.registry", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    /** Requests go down through these layers, and nothing below knows of what is above. */
    @ArchTest
    static final ArchRule arrows = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("text")
            .definedBy("dev.berth.registry.text..")
            .layer("recent")
            .definedBy("dev.berth.registry.recent..")
            .layer("lock")
            .definedBy("dev.berth.registry.lock..")
            .layer("registry")
            .definedBy("dev.berth.registry")
            .layer("storage")
            .definedBy("dev.berth.registry.storage")
            .layer("stores")
            .definedBy("dev.berth.registry.storage.(*)..")
            .layer("engine")
            .definedBy("dev.berth.registry.engine..")
            .layer("layer")
            .definedBy("dev.berth.registry.layer..")
            .layer("event")
            .definedBy("dev.berth.registry.event..")
            .layer("pattern")
            .definedBy("dev.berth.registry.pattern..")
            .layer("quota")
            .definedBy("dev.berth.registry.quota..")
            .layer("retention")
            .definedBy("dev.berth.registry.retention..")
            .layer("http")
            .definedBy("dev.berth.registry.http..")
            .whereLayer("lock")
            .mayOnlyBeAccessedByLayers("stores", "event")
            .whereLayer("storage")
            .mayOnlyBeAccessedByLayers("stores", "engine")
            .whereLayer("stores")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("engine")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("layer")
            .mayOnlyBeAccessedByLayers("http")
            .whereLayer("http")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("registry")
            .mayOnlyBeAccessedByLayers(
                    "storage", "stores", "event", "pattern", "quota", "retention", "engine", "layer", "http")
            .whereLayer("pattern")
            .mayOnlyBeAccessedByLayers("quota", "retention", "engine", "layer", "http")
            .whereLayer("quota")
            .mayOnlyBeAccessedByLayers("engine", "layer")
            .whereLayer("retention")
            .mayOnlyBeAccessedByLayers("engine")
            .whereLayer("event")
            .mayOnlyBeAccessedByLayers("engine", "layer", "http");

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("dev.berth.registry.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule noServer = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.eclipse.jetty..", "com.sun.net..", "jakarta..");

    /** Whoever uses this library should be able to have another version of what it uses. */
    @ArchTest
    static final ArchRule noDependencyInSignatures = methods()
            .that()
            .arePublic()
            .and()
            .areDeclaredInClassesThat()
            .arePublic()
            .should()
            .notHaveRawReturnType(are(ofALibrary()))
            .andShould()
            .notHaveRawParameterTypes(DescribedPredicate.anyElementThat(are(ofALibrary())));

    @ArchTest
    static final ArchRule noMutableStatics =
            fields().that().areStatic().should().beFinal();

    @ArchTest
    static final ArchRule namesSayWhatThingsAre = noClasses()
            .should()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Impl");

    @ArchTest
    static final ArchRule everyPackageIsNullMarked =
            classes().that().haveSimpleName("package-info").should().beAnnotatedWith(NullMarked.class);

    @ArchTest
    static final ArchRule valuesAreFinal = classes()
            .that()
            .resideInAPackage("dev.berth.registry")
            .and()
            .areNotInterfaces()
            .should()
            .haveModifier(JavaModifier.FINAL);

    private static DescribedPredicate<JavaClass> ofALibrary() {
        return JavaClass.Predicates.resideInAnyPackage("com.fasterxml..", "org.slf4j..")
                .as("of a library");
    }
}
