package dev.durable;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class ApiArchitectureTest {

  @Test
  void everyPackageIsNullMarked() {
    DescribedPredicate<JavaClass> inNullMarkedPackage =
        describe(
            "in a @NullMarked package",
            type -> type.getPackage().isAnnotatedWith(NullMarked.class));
    classes()
        .should(be(inNullMarkedPackage))
        .check(
            new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.durable"));
  }
}
