"""Alembic's entry: migrations run on the connection that `administration` hands over."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection, transactional_ddl=True, version_table_schema="demoexam")
with context.begin_transaction():
    context.run_migrations()
