"""Questionnaires made from the programme, answered without a name."""
