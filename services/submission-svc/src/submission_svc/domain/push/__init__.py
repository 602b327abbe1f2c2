"""What a push is made of: reading its formats, checking it against a framework, saying what is wrong. Pure."""
