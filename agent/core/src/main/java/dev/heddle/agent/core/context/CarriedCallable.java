package dev.heddle.agent.core.context;

import java.util.concurrent.Callable;

/** A Callable with its context. */
final class CarriedCallable extends Carried implements Callable<Object> {

  private final Callable<?> task;

  CarriedCallable(Callable<?> task, RequestContext context) {
    super(task, context);
    this.task = task;
  }

  @Override
  public Object call() throws Exception {
    RequestContext previous = CurrentContext.replace(take());
    try {
      return task.call();
    } finally {
      CurrentContext.replace(previous);
    }
  }
}
