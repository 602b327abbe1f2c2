"""Reads files of answers and says all that is wrong with them; the same code on the server and offline."""
