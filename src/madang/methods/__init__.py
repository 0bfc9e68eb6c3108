"""The methods: the science of Madang, as functions over frozen dataclasses.

Nothing here knows Django, files or the network, and everything is deterministic for a seed, so a
method can be read, tested and used alone, in a notebook for instance. `command` makes each method
a command that reads one JSON document and prints one; `documents` reads such documents. Libraries
that cost much memory are imported by the function that needs them.
"""
