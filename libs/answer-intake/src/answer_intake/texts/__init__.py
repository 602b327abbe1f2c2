"""Everything that is said of a file of answers, in English and French: a message, a hint and a cause for each code."""
