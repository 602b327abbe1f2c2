"""What a score card is, when it changes, and who is placed where."""
