"""The rules of frameworks and registers."""
