package digitalwallet.server.security;

import digitalwallet.gate.permission.NamesRule;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The permission that an endpoint needs. An endpoint without one is closed to everybody. */
@NamesRule
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Allowed {

    /** The permission a caller must have. */
    Permission value();
}
