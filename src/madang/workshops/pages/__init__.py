"""The public pages of an edition: what they show, how they are made, kept and sent."""
