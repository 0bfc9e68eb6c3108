"""From answers to what may be told of them: of groups of more than four people, and only once.

`counting` works it out; nothing there knows the database. `results` is the form in which it is
frozen, `suppression` what keeps single people out of it.
"""
