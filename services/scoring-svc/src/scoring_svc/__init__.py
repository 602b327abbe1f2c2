"""scoring-svc: score runs, scores and their explanations."""
