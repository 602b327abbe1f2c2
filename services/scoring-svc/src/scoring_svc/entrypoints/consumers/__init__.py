"""What is consumed: the topics `framework` and `submission`, by one consumer, so that one thread scores."""
