"""What a member does about its own submission on pages: submission-svc is asked with his token, nothing is kept."""
