"""The secretariat's pages; a director reads them, and everybody else finds nothing there."""
