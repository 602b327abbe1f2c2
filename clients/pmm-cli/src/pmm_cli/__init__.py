"""The command line of national systems."""
