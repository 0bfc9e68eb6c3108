"""The engine of `DATABASES` for PostgreSQL: Django's, with a connection check that asks nobody."""
