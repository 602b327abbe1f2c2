"""What reads, always in the name of a viewer."""
