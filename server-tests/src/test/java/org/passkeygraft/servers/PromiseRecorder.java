package org.passkeygraft.servers;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.opentest4j.TestAbortedException;

/** Writes down which promises the tests of the contract found kept, in one table a test run. */
final class PromiseRecorder implements ExecutionCondition, InvocationInterceptor, ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(PromiseRecorder.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Optional<Keeps> keeps = context.getTestMethod().map(test -> test.getAnnotation(Keeps.class));
        Optional<AtDoor> at = context.getTestClass().map(type -> type.getAnnotation(AtDoor.class));
        return keeps.isPresent()
                        && at.isPresent()
                        && !keeps.get().value().isOf(at.get().door())
                ? ConditionEvaluationResult.disabled("this door makes no such promise")
                : ConditionEvaluationResult.enabled("");
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        record(invocation, context);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        record(invocation, context);
    }

    private static void record(Invocation<Void> invocation, ExtensionContext context) throws Throwable {
        Method test = context.getRequiredTestMethod();
        AtDoor at = context.getRequiredTestClass().getAnnotation(AtDoor.class);
        Keeps keeps = test.getAnnotation(Keeps.class);
        if (at == null || keeps == null) {
            invocation.proceed();
            return;
        }
        PromiseTable table = table(context);
        PromiseTable.Cell cell = new PromiseTable.Cell(keeps.value(), at.door(), at.server());
        Optional<String> gap = knownGap(test, at);
        try {
            invocation.proceed();
        } catch (Throwable failure) {
            table.broken(cell, gap.orElse(""));
            if (gap.isPresent()) {
                throw new TestAbortedException("known gap: " + gap.get(), failure);
            }
            throw failure;
        }
        if (gap.isPresent()) {
            throw new AssertionError("this promise is kept now: remove its @KnownGap");
        }
        table.kept(cell);
    }

    private static Optional<String> knownGap(Method test, AtDoor at) {
        return Stream.of(test.getAnnotationsByType(KnownGap.class))
                .filter(gap -> List.of(gap.servers()).contains(at.server())
                        && List.of(gap.doors()).contains(at.door()))
                .map(KnownGap::reason)
                .findFirst();
    }

    private static PromiseTable table(ExtensionContext context) {
        return context.getRoot().getStore(NAMESPACE).getOrComputeIfAbsent(PromiseTable.class);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == PromiseTable.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return table(context);
    }
}
