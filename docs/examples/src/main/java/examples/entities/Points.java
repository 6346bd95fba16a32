package examples.entities;

public record Points(String from, String to, int amount) {}
