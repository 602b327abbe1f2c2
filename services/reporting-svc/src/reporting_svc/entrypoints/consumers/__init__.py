"""What is read from the topics, one module a topic, with tolerant readers that know only the fields used."""
