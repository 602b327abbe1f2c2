"""submission-svc: cycles, submissions, answers, claims and disclosure."""
