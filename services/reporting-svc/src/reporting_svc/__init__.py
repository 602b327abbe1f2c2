"""reporting-svc: read models, the outside event stream and the dashboard."""
