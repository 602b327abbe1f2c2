"""The version of the method as implemented; it changes whenever the same input could give another score."""

ENGINE_VERSION = "1.0.0"
