"""Who may read and write reports."""

from madang.core.policies import has, role

write = role("secretariat", at="edition_id")
approve = role("director", at="edition_id")
oversee = role("secretariat", "director", at="edition_id")

_belong = role("secretariat", "director", "participant", "resource_person", at="edition_id")
_is_out = has("state", "issued") & has("edition__state", "announced", "closed")
# What was issued, for whom it was approved: the audience of the row is that of the issued version.
read = _is_out & (has("issued_audience", "everyone") | has("issued_audience", "inside") & _belong)
