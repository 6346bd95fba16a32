package examples.monitor;

/** A shop, and whether it was open when it was last looked at. */
public record Watch(String shop, boolean open) {}
