"""PostgreSQL: tables, repositories, queries and the unit of work."""
