package dev.stowage.it.harness;

import dev.stowage.testing.Jdk;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** Like {@link EachJdk}, and also for each JVM of another platform. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "{0}")
@ArgumentsSource(EachTestRuntime.Provider.class)
@ExtendWith(EachJdk.Skip.class)
public @interface EachTestRuntime {
  /** Provides the JVMs. */
  final class Provider implements ArgumentsProvider {
    @Override
    public Stream<Arguments> provideArguments(
        ParameterDeclarations parameters, ExtensionContext context) {
      return Stream.concat(Jdk.allExpected().stream(), Jdk.emulated().stream()).map(Arguments::of);
    }
  }
}
