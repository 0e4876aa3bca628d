package io.quorate.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.ClassesShouldConjunction;
import java.util.List;

/** The directions and boundaries of ARCHITECTURE.md, as far as Maven's module graph does not enforce them already. */
@AnalyzeClasses(packages = "io.quorate", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
    /** Deterministic code: the same seed gives the same run. */
    private static final String[] PROTOCOL = {
        "io.quorate.core..",
        "io.quorate.merkle..",
        "io.quorate.antientropy..",
        "io.quorate.coordinator.api..",
        "io.quorate.coordinator.operation..",
        "io.quorate.node.replica..",
        "io.quorate.node.membership..",
        "io.quorate.node.shard..",
        "io.quorate.simulation..",
    };

    private static final List<String> NOT_DETERMINISTIC = List.of(
            "java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime",
            "java.lang.Math.random",
            "java.util.UUID.randomUUID",
            "java.time.Instant.now",
            "java.time.LocalDateTime.now");

    @ArchTest
    static final ArchRule PACKAGES_FORM_NO_CYCLES =
            slices().matching("io.quorate.(*).(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule CORE_KNOWS_NO_OTHER_MODULE = noClasses()
            .that()
            .resideInAPackage("io.quorate.core..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.quorate..").and(outside("io.quorate.core..")));

    @ArchTest
    static final ArchRule MERKLE_KNOWS_NOTHING = noClasses()
            .that()
            .resideInAPackage("io.quorate.merkle..")
            .should()
            .dependOnClassesThat(resideInAPackage("io.quorate..").and(outside("io.quorate.merkle..")));

    @ArchTest
    static final ArchRule COORDINATOR_AND_ANTIENTROPY_NEVER_MEET = noClasses()
            .that()
            .resideInAPackage("io.quorate.coordinator..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.quorate.antientropy..", "io.quorate.node..", "io.quorate.simulation..");

    @ArchTest
    static final ArchRule ANTIENTROPY_KNOWS_CORE_AND_MERKLE = noClasses()
            .that()
            .resideInAPackage("io.quorate.antientropy..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.quorate.coordinator..", "io.quorate.node..", "io.quorate.simulation..");

    @ArchTest
    static final ArchRule SIMULATION_KNOWS_CORE = noClasses()
            .that()
            .resideInAPackage("io.quorate.simulation..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.quorate.coordinator..", "io.quorate.antientropy..", "io.quorate.node..");

    @ArchTest
    static final ArchRule PROTOCOL_KNOWS_NO_ADAPTER = noClasses()
            .that()
            .resideInAnyPackage(PROTOCOL)
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages(
                    "java..",
                    "org.slf4j..",
                    "com.dynatrace.hash4j..",
                    "io.quorate..",
                    "com.google.errorprone.annotations..");

    @ArchTest
    static final ArchRule PROTOCOL_DOES_NO_IO_AND_STARTS_NO_THREADS = noClasses()
            .that()
            .resideInAnyPackage(PROTOCOL)
            .should()
            .dependOnClassesThat(describe("are I/O, threads or locks", ArchitectureTest::isForbiddenToProtocol));

    @ArchTest
    static final ArchRule PROTOCOL_HAS_NO_CLOCK_AND_NO_CHANCE_OF_ITS_OWN = noClasses()
            .that()
            .resideInAnyPackage(PROTOCOL)
            .should(callMethodWhere(describe(
                    "is not deterministic",
                    call -> NOT_DETERMINISTIC.contains(call.getTargetOwner().getFullName() + "." + call.getName()))));

    @ArchTest
    static final ArchRule PROTOCOL_ITERATES_IN_ORDER = noClasses()
            .that()
            .resideInAnyPackage(PROTOCOL)
            .should()
            .dependOnClassesThat(describe(
                    "are unordered collections",
                    type -> type.getFullName().equals("java.util.HashMap")
                            || type.getFullName().equals("java.util.HashSet")
                            || type.getFullName().equals("java.util.IdentityHashMap")));

    @ArchTest
    static final ArchRule MAPDB_IS_AN_INDEX = onlyIn("org.mapdb..", "io.quorate.node.storage.index..");

    @ArchTest
    static final ArchRule CAFFEINE_IS_A_CACHE =
            onlyIn("com.github.benmanes.caffeine..", "io.quorate.node.storage.cache..");

    @ArchTest
    static final ArchRule JACKSON_STAYS_AT_THE_EDGES = onlyIn(
            "com.fasterxml.jackson..",
            "io.quorate.coordinator.conflict..",
            "io.quorate.coordinator.wire..",
            "io.quorate.coordinator.ycsb..",
            "io.quorate.node.http..",
            "io.quorate.node.config..",
            "io.quorate.node.cli..");

    @ArchTest
    static final ArchRule VERTX_STAYS_AT_THE_EDGES = onlyIn(
            "io.vertx..",
            "io.quorate.coordinator",
            "io.quorate.coordinator.wire..",
            "io.quorate.coordinator.runtime..",
            "io.quorate.node",
            "io.quorate.node.http..",
            "io.quorate.node.runtime..",
            "io.quorate.node.cli..");

    @ArchTest
    static final ArchRule YCSB_IS_A_CLIENT = onlyIn("site.ycsb..", "io.quorate.coordinator.ycsb..");

    @ArchTest
    static final ArchRule YCSB_IS_KNOWN_TO_NOBODY = noClasses()
            .that()
            .resideOutsideOfPackage("io.quorate.coordinator.ycsb..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.quorate.coordinator.ycsb..");

    @ArchTest
    static final ArchRule NO_STATE_IN_STATICS = fields().that()
            .areDeclaredInClassesThat()
            .resideInAPackage("io.quorate..")
            .and()
            .areStatic()
            .should()
            .beFinal();

    private ArchitectureTest() {}

    private static ClassesShouldConjunction onlyIn(String vendor, String... homes) {
        return noClasses()
                .that()
                .resideInAPackage("io.quorate..")
                .and()
                .resideOutsideOfPackages(homes)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(vendor);
    }

    private static DescribedPredicate<JavaClass> outside(String home) {
        return DescribedPredicate.not(resideInAPackage(home));
    }

    private static boolean isForbiddenToProtocol(JavaClass type) {
        String name = type.getFullName();
        boolean concurrent = name.startsWith("java.util.concurrent.") && !name.equals("java.util.concurrent.TimeUnit");
        boolean thread = name.equals("java.lang.Thread") || name.equals("java.lang.ThreadLocal");
        boolean io = name.startsWith("java.net.")
                || name.startsWith("java.nio.file.")
                || name.startsWith("java.nio.channels.");
        return concurrent || thread || io;
    }
}
