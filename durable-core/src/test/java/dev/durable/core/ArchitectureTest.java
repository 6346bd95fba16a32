package dev.durable.core;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  /** Each package may use what stands to its left. */
  private static final List<String> PACKAGE_LINE =
      List.of("spi", "history", "store", "replay", "entity", "episode", "worker", "hub");

  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.durable.core");

  @Test
  void aPackageUsesOnlyWhatStandsToItsLeft() {
    LayeredArchitecture line =
        layeredArchitecture().consideringOnlyDependenciesInLayers().withOptionalLayers(true);
    for (String name : PACKAGE_LINE) {
      line = line.layer(name).definedBy(tree(name));
    }
    line = line.whereLayer(PACKAGE_LINE.get(0)).mayNotAccessAnyLayer();
    for (int place = 1; place < PACKAGE_LINE.size(); place++) {
      String[] left = PACKAGE_LINE.subList(0, place).toArray(String[]::new);
      line = line.whereLayer(PACKAGE_LINE.get(place)).mayOnlyAccessLayers(left);
    }
    line.check(CORE);
  }

  @Test
  void everyPackageStandsInTheLine() {
    String[] trees = PACKAGE_LINE.stream().map(ArchitectureTest::tree).toArray(String[]::new);
    classes()
        .that(not(simpleName("package-info")))
        .should()
        .resideInAnyPackage(trees)
        .allowEmptyShould(true)
        .check(CORE);
  }

  @Test
  void packagesFormNoCycle() {
    slices()
        .matching("dev.durable.core.(**)")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true)
        .check(CORE);
  }

  @Test
  void everyPackageIsNullMarked() {
    DescribedPredicate<JavaClass> inNullMarkedPackage =
        describe(
            "in a @NullMarked package",
            type -> type.getPackage().isAnnotatedWith(NullMarked.class));
    classes().should(be(inNullMarkedPackage)).allowEmptyShould(true).check(CORE);
  }

  @Test
  void nothingNeedsJakarta() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jakarta..")
        .allowEmptyShould(true)
        .check(CORE);
  }

  @Test
  void timeIsHandedIn() {
    assertNoAccess(AmbientAccess.TO_THE_TIME, "a simulation decides what time it is");
  }

  @Test
  void randomnessIsHandedIn() {
    assertNoAccess(AmbientAccess.TO_RANDOMNESS, "one seed gives one trace");
  }

  @Test
  void threadsAreHandedIn() {
    assertNoAccess(AmbientAccess.TO_THREADS, "threads belong to the server");
  }

  private static void assertNoAccess(DescribedPredicate<JavaAccess<?>> forbidden, String reason) {
    noClasses()
        .should()
        .accessTargetWhere(forbidden)
        .because(reason)
        .allowEmptyShould(true)
        .check(CORE);
  }

  private static String tree(String name) {
    return "dev.durable.core." + name + "..";
  }
}
