"""Papers about money, protocol and tables: what each says, as data for its Typst template."""
