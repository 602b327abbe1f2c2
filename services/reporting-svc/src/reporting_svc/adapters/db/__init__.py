"""PostgreSQL: tables, repositories, the unit of work and the bell of the event log."""
