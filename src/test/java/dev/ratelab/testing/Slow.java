package dev.ratelab.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;

/**
 * A test, or all tests of a class, that {@code mvn test} leaves out and {@code mvn verify} runs: it takes more than its share of the
 * fast suite's time, by measurement.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@Tag(Slow.TAG)
public @interface Slow {
    /** Name of the tag by which the build chooses. */
    String TAG = "slow";
}
