"""The rules of cycles, submissions and what is pushed into them."""
