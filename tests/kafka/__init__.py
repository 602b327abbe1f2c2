"""Tests against a real Apache Kafka; `make test-kafka` runs them, and the messaging tests of the packages with them."""
