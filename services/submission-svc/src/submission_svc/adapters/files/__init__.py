"""Files on a disk: where evidence is kept."""
