package dev.heddle.control.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;

/** Hears that something changed and not what. */
record AnyChange(Runnable changed) implements ResourceEventHandler<HasMetadata> {

  @Override
  public void onAdd(HasMetadata added) {
    changed.run();
  }

  @Override
  public void onUpdate(HasMetadata before, HasMetadata after) {
    changed.run();
  }

  @Override
  public void onDelete(HasMetadata deleted, boolean stateUnknown) {
    changed.run();
  }
}
