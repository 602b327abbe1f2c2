"""The steps of a push: what may be asked for, what a file replaces, what is answered, and what a dry run shows."""
