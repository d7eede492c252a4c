/**
 * Puts hooks into classes: a slim host for OpenTelemetry InstrumentationModules and the only home
 * of Byte Buddy beside the modules themselves.
 *
 * <p>A module names its types with {@link HookedType}; its advice methods are never inlined but
 * linked through {@code invokedynamic}, so that they and their helpers may see both the agent and
 * the library. An enter advice that returns something skips the hooked method; an exit advice
 * replaces what it returns or throws with Byte Buddy's {@code AssignReturned}. What an advice
 * itself throws is swallowed: the app goes on as if there were no hook.
 */
package dev.heddle.agent.core.install;
