package dev.durable.ejb;

/** What a function can be. Each kind has its own names. */
enum FunctionKind {
  ORCHESTRATOR("@Orchestrator", "R name(OrchestrationContext) or R name(OrchestrationContext, I)"),
  ACTIVITY("@Activity", "R name() or R name(I)");

  final String annotation;
  final String signature;

  FunctionKind(String annotation, String signature) {
    this.annotation = annotation;
    this.signature = signature;
  }

  /** As in a sentence. */
  String word() {
    return this == ORCHESTRATOR ? "orchestrator" : "activity";
  }
}
