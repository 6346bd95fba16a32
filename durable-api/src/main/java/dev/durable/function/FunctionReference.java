package dev.durable.function;

import java.io.Serializable;

/**
 * A method reference to a durable function, such as {@code Stock::reserve}.
 *
 * <p>It must be a reference to an instance method that carries {@code @Activity} or
 * {@code @Orchestrator}, or is an operation of a {@code @DurableEntity} class; a lambda expression
 * has no name that could be recorded and is refused with an {@link IllegalArgumentException} that
 * says so. A reference to an overloaded method does not compile: call such a function by its name.
 */
public sealed interface FunctionReference extends Serializable
    permits ActivityCall,
        ActivityCallWithoutInput,
        ActivityCallWithoutResult,
        ActivityCallWithoutInputAndResult,
        EntityOperation,
        EntityOperationWithoutInput,
        EntityOperationWithoutResult,
        EntityOperationWithoutInputAndResult,
        OrchestratorCall,
        OrchestratorCallWithoutInput,
        OrchestratorCallWithoutResult,
        OrchestratorCallWithoutInputAndResult {}
