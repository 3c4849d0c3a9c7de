package dev.berth.registry.junit5;

/** How long a registry serves before the next one takes its place. */
public enum RegistryScope {
    /** One test: a method, or one repetition or one set of arguments of it. No test sees what another pushed. */
    PER_METHOD,
    /** One test class with its nested classes, from before {@code @BeforeAll} until after {@code @AfterAll}. */
    PER_CLASS
}
