"""The outside event log: what integrators hear, one redacted version a level."""
